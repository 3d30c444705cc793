using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.Files;
using RePlexOn.Plex;
using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.Restore;

/// <summary>What is known of a restore before the target is asked.</summary>
internal sealed record PreparedRestore
{
    /// <summary>What the user set.</summary>
    public required RePlexOnConfiguration Configuration { get; init; }

    /// <summary>What the user asks for.</summary>
    public required RestoreOptions Options { get; init; }

    /// <summary>rsync to the target.</summary>
    public required RsyncClient Rsync { get; init; }

    /// <summary>Where it goes to.</summary>
    public required RestoreDestination Destination { get; init; }

    /// <summary>What of the backup.</summary>
    public required RestoreScope Scope { get; init; }

    /// <summary>Whom all is given to; null for whom it belonged to.</summary>
    public required OwnerMapping? Owner { get; init; }

    /// <summary>The same restore, begun before and cut short; null where there is none.</summary>
    public required RestoreJournal? Begun { get; init; }

    /// <summary>What is left alone where a whole backup is restored in place.</summary>
    private FilePatterns Staying => FilePatterns.Parse(
        [$"/{BackupManifest.Folder}/", .. PlexExclusions.Defaults, .. Configuration.Backup.Exclude], []);

    /// <summary>Looks at options, configuration and destination.</summary>
    /// <param name="options">What the user asks for.</param>
    /// <param name="configuration">What the user set.</param>
    /// <param name="connection">The connection to share.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">It cannot be restored so; the message says why.</exception>
    public static async Task<PreparedRestore> LookAsync(
        RestoreOptions options, RePlexOnConfiguration configuration, SshConnection connection, CancellationToken cancellationToken)
    {
        var scope = new RestoreScope([.. options.Parts.Select(RestorePart.Find).Distinct()]);
        RestoreDestination destination = RestoreDestination.Find(options, configuration);
        BackupTarget target = ConfiguredPlaces.OpenTarget(configuration);
        var prepared = new PreparedRestore
        {
            Configuration = configuration,
            Options = options,
            Rsync = new RsyncClient(new ProgramRunner(), target, connection),
            Destination = destination,
            Scope = scope,
            Owner = options.Owner is { } owner ? await OwnerMapping.ParseAsync(owner, cancellationToken) : null,
            Begun = null,
        };
        RestoreWorkspace? last = RestoreWorkspace.FindLast(destination.Path);
        destination.EnsureFit(target, isGoneOnWith: last is { IsUnderWay: true }, options.Force);
        return last?.ReadJournal() is { } journal ? prepared with { Begun = prepared.Recognise(journal, last.IsUnderWay) } : prepared;
    }

    /// <summary>What rsync is to fetch.</summary>
    /// <param name="source">The backup.</param>
    /// <param name="folder">Where to.</param>
    public RsyncReceive Receive(RestoreSource source, string folder) => new()
    {
        SourceRelative = source.Folder,
        DestinationFolder = folder,
        FilterArguments = Scope.FilterArguments,
        KeepExtendedAttributes = Configuration.Backup.KeepAttributes,
        KeepAccessControlLists = Configuration.Backup.KeepAttributes,
        ExtraArguments = Owner?.RsyncArguments ?? [],
    };

    /// <summary>Scans what is at the destination, without what stays there in any case.</summary>
    public FileTree ScanLive(CancellationToken cancellationToken) =>
        new TreeScanner(Staying).Scan(Destination.Path, entriesSeen: null, cancellationToken);

    /// <summary>What is written down of the restore when it begins.</summary>
    public RestoreJournal NewJournal(string runId, DateTimeOffset startedAt) => new()
    {
        Stage = RestoreStage.Fetching,
        RunId = runId,
        StartedAt = startedAt,
        Target = Rsync.Target.Identity,
        Name = Options.Name,
        Parts = Scope.PartNames,
        Owner = Options.Owner,
    };

    // Another one that has replaced nothing yet may be forgotten.
    private RestoreJournal? Recognise(RestoreJournal journal, bool isUnderWay)
    {
        if (journal.Stage == RestoreStage.Undoing)
        {
            throw new RePlexOnException(
                "UndoUnfinished", ExitCode.Failed, $"In {Destination.Path} a restore was being undone, and that was cut short.",
                "Finish that first: Restore-PlexBackup -Undo (replexon restore --undo).");
        }

        if (!isUnderWay) return null;
        if (journal.IsOfSame(NewJournal(journal.RunId, journal.StartedAt))) return journal;
        if (journal.Stage == RestoreStage.Fetching) return null;

        string parts = journal.Parts.Count == 0 ? "" : $" ({string.Join(", ", journal.Parts)})";
        throw new RePlexOnException(
            "RestoreUnfinished", ExitCode.Failed, $"In {Destination.Path} another restore was cut short: of {journal.Name}{parts}.",
            Destination.InPlace
                ? "Run that one again to finish it, or take it back with Restore-PlexBackup -Undo (replexon restore --undo)."
                : "Run that one again to finish it, or remove that folder.");
    }
}
