using System.Globalization;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.Plex;

namespace RePlexOn.Security.Audit;

/// <summary>Puts right what an audit finds and a program can put right, and takes it back.</summary>
/// <param name="time">For the moment of the change.</param>
public sealed class PlexProtection(TimeProvider time)
{
    private readonly UserEnvironment _user = UserEnvironment.Current();

    /// <summary>Tells what would be changed, and what is left to a person; changes nothing.</summary>
    /// <inheritdoc cref="SecurityAudit.RunAsync" path="/exception"/>
    public async Task<ProtectionPlan> PlanAsync(ProtectionOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        (AuditFacts facts, IReadOnlyList<AuditRule> rules) = await new SecurityAudit(time).PrepareAsync(options.Audit, progress, cancellationToken);
        return ProtectionPlanner.Plan(facts, rules, options.IncludeWarnings || options.Audit.Ids.Count > 0);
    }

    /// <summary>Makes changes, all or none.</summary>
    /// <param name="options">The server.</param>
    /// <param name="changes">The changes, as a plan names them.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancellationToken">Stops it before anything is changed.</param>
    /// <exception cref="RePlexOnException">
    /// <c>PlexIsRunning</c>: settings cannot be changed as it stands; <c>ChangedMeanwhile</c>: something is not as the plan saw it;
    /// <c>PlexRefusedSettings</c>, <c>ProtectionFailed</c>: nothing was changed; <c>Locked</c>.
    /// </exception>
    public async Task<ProtectionResult> ApplyAsync(
        ProtectionOptions options, IReadOnlyList<ProtectionChange> changes, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (changes.Count == 0) return new ProtectionResult([], [], null);

        RePlexOnConfiguration configuration = Load(options);
        using RunLock held = Lock(configuration, cancellationToken);
        progress?.Report("the changes");
        string? folder = FindFolder(configuration);
        DateTimeOffset now = time.GetLocalNow();
        string? copy = folder is null ? null : Path.Combine(
            folder, ".replexon", now.ToString("'before-protect-'yyyy-MM-dd'_'HHmmss", CultureInfo.InvariantCulture), PlexDataDirectory.PreferencesFile);
        using OpenDoor door = await OpenAsync(configuration, folder, changes, copy, cancellationToken);
        var maker = new ChangeMaker(door.Door);
        foreach (ProtectionChange change in changes)
        {
            if (!change.Is(await maker.ReadAsync(change, cancellationToken), change.Before))
            {
                throw new RePlexOnException(
                    "ChangedMeanwhile", ExitCode.Failed, $"{change.Subject} was changed meanwhile. Nothing was changed here.", "Run it again.");
            }
        }

        copy = door.Door is FileDoor ? copy : null;
        string entry = new ProtectionJournal(configuration.StateDirectory).Begin(new ProtectionEntry(now, folder, copy, changes));
        try
        {
            await maker.MakeAsync(changes, cancellationToken);
        }
        catch
        {
            ProtectionJournal.Remove(entry);
            throw;
        }

        return new ProtectionResult(changes, [], copy);
    }

    /// <summary>Takes back what was changed last. What somebody has changed since then stays as it is.</summary>
    /// <param name="options">The server.</param>
    /// <param name="isDryRun">Tell only what would be taken back.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancellationToken">Stops it before anything is changed.</param>
    /// <exception cref="RePlexOnException">
    /// <c>NothingToUndo</c>; <c>PlexIsRunning</c>, <c>PlexRefusedSettings</c>, <c>ProtectionFailed</c>: nothing was changed; <c>Locked</c>.
    /// </exception>
    public async Task<ProtectionResult> UndoAsync(ProtectionOptions options, bool isDryRun, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        RePlexOnConfiguration configuration = Load(options);
        using RunLock held = Lock(configuration, cancellationToken);
        progress?.Report("what was changed last");
        string? folder = FindFolder(configuration);
        (string path, ProtectionEntry entry) = new ProtectionJournal(configuration.StateDirectory).Newest(folder) ?? throw new RePlexOnException(
            "NothingToUndo", ExitCode.Failed, "Nothing that was put right here is left to be taken back.", "Nothing need be done.");

        using OpenDoor door = await OpenAsync(configuration, folder, entry.Changes, copy: null, cancellationToken);
        var maker = new ChangeMaker(door.Door);
        var back = new List<ProtectionChange>();
        var warnings = new List<string>();
        foreach (ProtectionChange change in entry.Changes)
        {
            string? current = await maker.ReadAsync(change, cancellationToken);
            if (change.Is(current, change.After)) back.Add(change.Reversed);
            else if (!change.Is(current, change.Before)) warnings.Add($"{change.Subject} was changed since, and stays as it is.");
        }

        if (isDryRun) return new ProtectionResult(back, warnings, entry.CopyPath);

        await maker.MakeAsync(back, cancellationToken);
        ProtectionJournal.Remove(path);
        if (entry.CopyPath is { } copy && Directory.Exists(Path.GetDirectoryName(copy))) Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
        return new ProtectionResult(back, warnings, null);
    }

    private RePlexOnConfiguration Load(ProtectionOptions options) =>
        options.Audit.Overrides.ApplyTo(new ConfigurationStore(_user).Load(options.Audit.ConfigurationPath));

    private RunLock Lock(RePlexOnConfiguration configuration, CancellationToken cancellationToken) =>
        RunLock.Acquire(configuration.StateDirectory, "Protect", time, TimeSpan.FromSeconds(5), cancellation: cancellationToken);

    private static string? FindFolder(RePlexOnConfiguration configuration) =>
        FactsGatherer.FindFolder(configuration) is { } path ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) : null;

    private async Task<OpenDoor> OpenAsync(
        RePlexOnConfiguration configuration, string? folder, IReadOnlyList<ProtectionChange> changes, string? copy, CancellationToken cancellationToken)
    {
        if (folder is null || changes.All(change => change.Kind != ProtectionKind.Setting)) return new OpenDoor(null, null);

        PlexPreferences preferences = PlexDataDirectory.Open(folder).Preferences;
        PlexToken? token = new FactsGatherer(time, _user).FindToken(folder);
        var visit = new ServerVisit(folder, preferences, token);
        PlexServerClient? client = await visit.ConnectAsync(ServerAddress.Parse(configuration.Audit.ServerUrl), cancellationToken);
        (PlexToken? own, string? whyNot) = client is null ? (null, null) : visit.TokenFor(client);
        if (client is not null && own is not null) return new OpenDoor(new ServerDoor(client, own), client);

        client?.Dispose();
        FileDoor.EnsureStopped(folder, whyNot);
        return client is null ? new OpenDoor(new FileDoor(folder, copy), null) : throw new RePlexOnException(
            "PlexIsRunning", ExitCode.Failed, $"The server runs, and cannot be asked to change its settings. {whyNot} Nothing was changed.",
            "Run this as root on the server itself while Plex runs, or stop Plex first.");
    }

    private sealed record OpenDoor(ISettingsDoor? Door, PlexServerClient? Client) : IDisposable
    {
        public void Dispose() => Client?.Dispose();
    }
}
