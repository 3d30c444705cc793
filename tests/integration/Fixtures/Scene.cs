using System.Text.Json;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.Demo;
using RePlexOn.History;
using RePlexOn.Snapshots;
using RePlexOn.Tests.Fixtures;
using RePlexOn.Verification;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>A sample Plex server, a configuration and a state directory in a scratch folder, and a place to back up to.</summary>
public sealed class Scene : IDisposable
{
    private readonly ScratchFolder _folder = new();

    /// <param name="place">Where to back up to.</param>
    /// <param name="files">Files of the sample server, about.</param>
    /// <param name="rows">Titles in its library database.</param>
    /// <param name="averageFileBytes">Average size of the files.</param>
    public Scene(Place place, int files = 60, int rows = 50, int averageFileBytes = 2000)
    {
        Place = place;
        SampleLibrary.Create(
            Source,
            new SampleOptions { Files = files, LibraryRows = rows, AverageFileBytes = averageFileBytes },
            progress: null, CancellationToken.None);
        Configure();
    }

    public Place Place { get; private set; }

    /// <summary>The Plex data directory.</summary>
    public string Source => _folder.At("Plex Media Server");

    public string State => _folder.At("state");

    public string ConfigurationPath => _folder.At("replexon.json");

    /// <summary>Full path of something in the Plex data directory.</summary>
    public string InSource(string relative) => Path.Combine(Source, relative);

    /// <summary>Full path of something beside it.</summary>
    public string Beside(string relative) => _folder.At(relative);

    /// <summary>All runs, the newest first.</summary>
    public IReadOnlyList<BackupRun> History
    {
        get
        {
            using HistoryStore history = HistoryStore.Open(State, HistoryAccess.Read, TimeProvider.System);
            return [.. history.Query(new RunQuery())];
        }
    }

    /// <summary>The one index of files that is remembered.</summary>
    public string Index => Assert.Single(Directory.GetFiles(Path.Combine(State, "index"), "*.idx"));

    /// <summary>Writes the configuration anew.</summary>
    /// <param name="place">A new place to back up to; null for the one in use.</param>
    /// <param name="backup">Settings below <c>backup</c>.</param>
    /// <param name="others">Other settings; they win.</param>
    public void Configure(
        Place? place = null, Dictionary<string, object>? backup = null, params ReadOnlySpan<(string Key, object Value)> others)
    {
        Place = place ?? Place;
        var settings = new Dictionary<string, object?>
        {
            ["source"] = Source,
            ["target"] = Place.Url,
            ["stateDirectory"] = State,
            ["passwordFile"] = Place.PasswordFile,
            ["ssh"] = new Dictionary<string, object?>
            {
                ["identityFile"] = Place.IdentityFile, ["knownHostsFile"] = Place.KnownHostsFile,
            },
            ["backup"] = backup ?? [],
            // A test that wants snapshots asks for them: no other shall depend on the day it runs on.
            ["snapshots"] = new Dictionary<string, object> { ["on"] = "Never" },
        };
        foreach ((string key, object value) in others) settings[key] = value;
        File.WriteAllText(ConfigurationPath, JsonSerializer.Serialize(settings));
    }

    /// <summary>Backs up within this process.</summary>
    public async Task<BackupRun> BackUpAsync(bool full = false, bool force = false)
    {
        var options = new MirrorOptions { ConfigurationPath = ConfigurationPath, Full = full, Force = force };
        return (await new PlexBackup(TimeProvider.System).RunAsync(options, SnapshotWish.Never))[0];
    }

    /// <summary>Backs up within this process; the run must end well, and the mirror be right.</summary>
    public async Task<BackupRun> BackUpWellAsync(bool full = false, bool force = false)
    {
        BackupRun run = await BackUpAsync(full, force);
        Assert.True(run.Status == RunStatus.Succeeded, $"{run.Status} {run.ErrorId}: {run.Message} {string.Join(' ', run.Warnings)}");
        MirrorProof.IsEqual(this);
        return run;
    }

    /// <summary>What the runs have noted of the mirror must be what is in it. Its history is apart: tests count the scene's runs.</summary>
    public async Task VerifyWellAsync(bool allProven = true)
    {
        VerificationResult result = await new BackupVerification(TimeProvider.System).RunAsync(new VerificationOptions
        {
            ConfigurationPath = ConfigurationPath,
            Overrides = new ConfigurationOverrides { StateDirectory = _folder.At("verification") },
            Depth = VerificationDepth.Full,
        });
        Assert.True(result.IsGood, $"{result.Run.Message} {string.Join('\n', result.Findings)}");
        if (allProven) Assert.Equal(0, result.FilesUnproven);
    }

    /// <summary>Runs <c>replexon</c> with this scene's configuration.</summary>
    public Task<CommandResult> CommandAsync(params string[] arguments) => StartCommand(arguments).EndAsync();

    /// <summary>Starts <c>replexon</c> with this scene's configuration.</summary>
    public RunningCommand StartCommand(params string[] arguments) =>
        RunningCommand.Start([("REPLEXON_CONFIG", ConfigurationPath)], arguments);

    public void Dispose() => _folder.Dispose();
}
