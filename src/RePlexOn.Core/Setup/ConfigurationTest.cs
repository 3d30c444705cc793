using RePlexOn.Alerts;
using RePlexOn.Backup;
using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Plex;
using RePlexOn.Plex.Databases;
using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.Setup;

/// <summary>Tests what is configured, each part by itself, so that one trouble does not hide the next.</summary>
public sealed class ConfigurationTest
{
    private const string Category = "Configuration";
    private readonly ConfigurationStore _store = new();

    /// <summary>Runs every check; changes nothing.</summary>
    /// <param name="configurationPath">The configuration file; null for the default one.</param>
    /// <param name="overrides">Single values in place of the configured ones.</param>
    /// <param name="skipTarget">Do not ask the target.</param>
    /// <param name="progress">Told what is being tested.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<Check>> RunAsync(
        string? configurationPath, ConfigurationOverrides overrides, bool skipTarget,
        IProgress<string>? progress, CancellationToken cancellationToken)
    {
        string path = _store.ResolvePath(configurationPath);
        var checks = new List<Check>();
        foreach (ConfigurationProblem problem in _store.Validate(configurationPath))
        {
            checks.Add(Settings(CheckStatus.Fail, problem.Message, problem.Advice));
        }

        if (checks.Count > 0) return checks;

        RePlexOnConfiguration configuration = overrides.ApplyTo(_store.Load(configurationPath));
        checks.Add(configuration.FilePath is null
            ? Settings(CheckStatus.Warning, $"There is no {path}; the defaults are in force.", "Write one with `replexon init` or Initialize-RePlexOn.")
            : Settings(CheckStatus.Pass, configuration.FilePath, ""));

        progress?.Report("the source");
        PlexDataDirectory? source = null;
        checks.Add(Attempt("RPX-CFG-002", "The source is a Plex data directory", CheckSeverity.Critical, () =>
        {
            source = ConfiguredPlaces.OpenSource(configuration);
            return source.Path;
        }));
        if (source is not null) checks.Add(OutsideLinks(source));
        checks.Add(Attempt("RPX-CFG-004", "The staging folder has room for the databases", CheckSeverity.High, () =>
            RoomFor(configuration, source)));

        BackupTarget? target = null;
        checks.Add(Attempt("RPX-CFG-005", "The target and its password file are usable", CheckSeverity.Critical, () =>
        {
            target = ConfiguredPlaces.OpenTarget(configuration);
            return target.Display;
        }));
        if (target is not null && !skipTarget)
        {
            progress?.Report($"the target {target.Display}");
            checks.Add(await AnswersAsync(target, cancellationToken));
        }

        using var channels = new AlertChannels(configuration);
        if (!channels.AreNone) checks.Add(Alerts(channels));
        return checks;
    }

    // Whether they arrive, a test alert tells.
    private static Check Alerts(AlertChannels channels)
    {
        const string id = "RPX-CFG-007", title = "The channels for alerts are usable";
        if (channels.Troubles.FirstOrDefault() is { } trouble) return Failed(id, title, CheckSeverity.High, trouble);

        IEnumerable<IAlertChannel> all = channels.Ping is { } ping ? [.. channels.All, ping] : channels.All;
        return Passed(id, title, CheckSeverity.High, string.Join(", ", all.Select(channel => channel.Name)));
    }

    private static Check Settings(CheckStatus status, string evidence, string remediation) =>
        new("RPX-CFG-001", "The configuration can be read", Category, CheckSeverity.Critical, status, evidence, remediation);

    private static Check OutsideLinks(PlexDataDirectory source) => new(
        "RPX-CFG-003", "All of the data directory lies within it", Category, CheckSeverity.Medium,
        source.OutsideLinks.Count == 0 ? CheckStatus.Pass : CheckStatus.Warning,
        source.OutsideLinks.Count == 0 ? "no folder is a link to another place" : string.Join(", ", source.OutsideLinks),
        source.OutsideLinks.Count == 0 ? "" : "What these links lead to is not in the backup; back it up by itself, or mount it there instead.");

    private static string RoomFor(RePlexOnConfiguration configuration, PlexDataDirectory? source)
    {
        IReadOnlyList<PlexDatabaseFile> databases = source is null ? [] : PlexDatabaseFiles.Find(source.Path);
        StagingRoom room = StagingRoom.Measure(configuration.StagingDirectory, databases);
        room.EnsureEnough();
        return room.ToString();
    }

    private static async Task<Check> AnswersAsync(BackupTarget target, CancellationToken cancellationToken)
    {
        const string id = "RPX-CFG-006", title = "The target answers";
        await using var connection = new SshConnection();
        try
        {
            MirrorState mirror = await MirrorState.ReadAsync(new RsyncClient(new ProgramRunner(), target, connection), cancellationToken);
            string seen = mirror.Manifest is { } manifest ? $"it holds a mirror of {manifest.Host}"
                : mirror.IsEmpty ? "it holds no mirror yet" : "it holds a mirror not made by RePlexOn";
            return Passed(id, title, CheckSeverity.Critical, seen);
        }
        catch (RePlexOnException trouble)
        {
            return Failed(id, title, CheckSeverity.Critical, trouble);
        }
    }

    private static Check Attempt(string id, string title, CheckSeverity severity, Func<string> look)
    {
        try
        {
            return Passed(id, title, severity, look());
        }
        catch (RePlexOnException trouble)
        {
            return Failed(id, title, severity, trouble);
        }
    }

    private static Check Passed(string id, string title, CheckSeverity severity, string evidence) =>
        new(id, title, Category, severity, CheckStatus.Pass, evidence, "");

    private static Check Failed(string id, string title, CheckSeverity severity, RePlexOnException trouble) =>
        new(id, title, Category, severity, CheckStatus.Fail, trouble.Message, trouble.Advice);
}
