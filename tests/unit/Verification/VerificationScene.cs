using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.Demo;
using RePlexOn.Files;
using RePlexOn.History;
using RePlexOn.Snapshots;
using RePlexOn.Tests.Fixtures;
using RePlexOn.Verification;

namespace RePlexOn.Tests.Verification;

/// <summary>A made-up server with a target of one kind, and what lies on it within reach.</summary>
internal sealed class VerificationScene : IAsyncDisposable
{
    private readonly Fixtures.ScratchFolder _scratch = new();
    private readonly string _target;
    private readonly string _settings;
    private readonly IAsyncDisposable? _server;

    private VerificationScene(int files, Func<Fixtures.ScratchFolder, (string Target, string Folder, object Settings)> place, IAsyncDisposable? server)
    {
        (_target, Folder, object settings) = place(_scratch);
        _settings = JsonSerializer.Serialize(settings);
        _server = server;
        Source = _scratch.At("Plex Media Server");
        SampleLibrary.Create(Source, new SampleOptions { Files = files, AverageFileBytes = 1500, LibraryRows = 30 }, null, default);
        Run("bash", "-c", "cd \"$1\" && printf x > $'odd \\377' && ln -s nowhere link && ln Preferences.xml hard && mkfifo pipe", "bash", Source);
    }

    public static IEnumerable<object[]> Kinds => [["local"], ["daemon"], ["ssh"]];

    /// <summary>The Plex data directory.</summary>
    public string Source { get; }

    /// <summary>Where the target lies on this machine.</summary>
    public string Folder { get; }

    public string Mirror => Path.Combine(Folder, "plex-current");

    public string StateDirectory => _scratch.At("state");

    public static async Task<VerificationScene> CreateAsync(string kind, int files = 60)
    {
        switch (kind)
        {
            case "daemon":
                var daemon = new RsyncDaemon();
                await daemon.InitializeAsync();
                return new(files, _ => (daemon.Url, daemon.Folder, new { passwordFile = daemon.PasswordFile }), daemon);
            case "ssh":
                var ssh = new SshServer();
                await ssh.InitializeAsync();
                return new(
                    files,
                    _ => (ssh.UrlOf(ssh.Folder), ssh.Folder, new { ssh = new { identityFile = ssh.IdentityFile, knownHostsFile = ssh.KnownHostsFile } }),
                    ssh);
            default:
                return new(files, scratch => (scratch.Folder("nas"), scratch.At("nas"), new { }), null);
        }
    }

    public string SnapshotFolder(string name) => Path.Combine(Folder, "plex-snapshots", name);

    /// <summary>Backs up until the scan comes so long after the last change that the stamps of all files prove something.</summary>
    public async Task SettleAsync()
    {
        string index = Assert.Single(Directory.GetFiles(Path.Combine(StateDirectory, "index"), "*.idx"));
        FileTree tree;
        do
        {
            await Task.Delay(500);
            await BackUpAsync();
            tree = FileIndexStore.Read(index).Tree!;
        }
        while (Enumerable.Range(0, tree.Count).Any(i => tree.Unsettled.Contains(tree[i].ChangedNs)));
    }

    /// <summary>Makes the mirror one of a version that left no list.</summary>
    public void ForgetList()
    {
        File.Delete(Path.Combine(Mirror, BackupManifest.FileListRelativePath));
        string path = Path.Combine(Mirror, BackupManifest.RelativePath);
        File.WriteAllBytes(path, (BackupManifest.FromJson(File.ReadAllBytes(path))! with { FileListSha256 = null }).ToJson());
    }

    /// <summary>A copy of a tree, to hold it against later.</summary>
    public string Keep(string tree)
    {
        string copy = _scratch.At("kept-" + Path.GetFileName(tree));
        Run("cp", "-a", tree, copy);
        return copy;
    }

    public async Task<BackupRun> BackUpAsync(IProgress<BackupProgress>? progress = null, CancellationToken cancellationToken = default) =>
        (await new PlexBackup(TimeProvider.System).RunAsync(Options(), SnapshotWish.Never, progress, cancellationToken))[0];

    /// <summary>Backs up and makes a snapshot.</summary>
    /// <param name="meanwhile">Called when the mirror is done and the snapshot is named, before anything of it is sent.</param>
    /// <returns>Its name.</returns>
    public async Task<string> SnapshotAsync(Action? meanwhile = null)
    {
        var progress = new DirectProgress<BackupProgress>(step =>
        {
            if (step.Phase == BackupPhase.Snapshot) Interlocked.Exchange(ref meanwhile, null)?.Invoke();
        });
        IReadOnlyList<BackupRun> runs = await new SnapshotBackup(TimeProvider.System).RunAsync(Options(), progress);
        Assert.All(runs, run => Assert.Equal(RunStatus.Succeeded, run.Status));
        return runs[1].Message!.Split(' ')[2];
    }

    public Task<VerificationResult> VerifyAsync(
        VerificationDepth depth, string? snapshot = null, int sample = VerificationOptions.DefaultSampleFiles, int? seed = null) =>
        new BackupVerification(TimeProvider.System).RunAsync(new VerificationOptions
        {
            ConfigurationPath = Options().ConfigurationPath, Overrides = Options().Overrides,
            Depth = depth, Snapshot = snapshot, SampleFiles = sample, Seed = seed,
        });

    public BackupStatus Status() => new BackupStatusReader(TimeProvider.System).Read(
        Options().Overrides.ApplyTo(new ConfigurationStore().Load(Options().ConfigurationPath)), []);

    /// <summary>What differs between two trees, by reading both: names, sizes and contents of their files and links.</summary>
    public static string[] Differences(string one, string other)
    {
        Dictionary<string, string> first = Contents(one), second = Contents(other);
        return
        [
            .. first.Keys.Union(second.Keys).Where(path => first.GetValueOrDefault(path) != second.GetValueOrDefault(path))
                .Select(path => DisplayPath.Of(Encoding.UTF8.GetBytes(path))).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The files of a tree whose names .NET can write, without RePlexOn's own.</summary>
    public static string[] FilesOf(string tree) =>
    [
        .. Directory.EnumerateFiles(tree, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(path => new FileInfo(path) is { LinkTarget: null } && !path.EndsWith("/pipe", StringComparison.Ordinal))
            .Where(path => !path.Contains('\uFFFD') && !path.Contains("/.replexon/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _scratch.Dispose();
    }

    private static Dictionary<string, string> Contents(string tree) => FilesOf(tree).ToDictionary(
        path => Path.GetRelativePath(tree, path), path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));

    private MirrorOptions Options() => new()
    {
        ConfigurationPath = _scratch.File("replexon.json", _settings),
        Overrides = new ConfigurationOverrides { Source = Source, Target = _target, StateDirectory = StateDirectory },
    };
}
