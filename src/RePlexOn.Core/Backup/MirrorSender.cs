using RePlexOn.Plex.Databases;
using RePlexOn.Targets;
using RePlexOn.Verification;

namespace RePlexOn.Backup;

/// <summary>Sends what one run has for the mirror, and keeps count.</summary>
internal sealed class MirrorSender(PreparedMirror prepared, RunContext context)
{
    /// <summary>What was sent so far.</summary>
    public MirrorTally Tally { get; } = new();

    /// <summary>A transfer of some of the source's files, which are still to be named.</summary>
    public RsyncSend SomeFiles => new()
    {
        SourceFolder = prepared.Source.Path, DestinationRelative = TargetLayout.Mirror,
        KeepHalfFiles = prepared.KeepsHalfFiles,
        KeepExtendedAttributes = prepared.Configuration.Backup.KeepAttributes,
        KeepAccessControlLists = prepared.Configuration.Backup.KeepAttributes,
    };

    /// <summary>A transfer of all the source's files.</summary>
    public RsyncSend WholeTree => SomeFiles with
    {
        // Costs time at each entry, even where no file has two names.
        KeepHardLinks = prepared.Tree.HasHardLinks,
        FilterArguments = prepared.Patterns.RsyncArguments,
    };

    /// <summary>Carries how far a transfer is over to who is told how far the run is.</summary>
    /// <param name="told">Who is told; null for nobody.</param>
    /// <param name="phase">What the transfer is part of.</param>
    /// <param name="bytes">How much there is to send, as far as is known.</param>
    public IProgress<RsyncProgress>? Progress(IProgress<BackupProgress>? told, BackupPhase phase, long bytes) =>
        BackupProgress.OfTransfer(told, phase, $"to {prepared.Target.Display}", bytes);

    /// <summary>Makes one transfer.</summary>
    /// <param name="send">The transfer.</param>
    /// <param name="account">Who keeps account of it; null for nobody.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task SendAsync(
        RsyncSend send, TreeAccount? account, IProgress<RsyncProgress>? progress, CancellationToken cancellationToken)
    {
        Task<RsyncResult> Sending(RsyncSend transfer) => prepared.Rsync.SendAsync(transfer, progress, cancellationToken);
        Tally.Add(account is null ? await Sending(send) : await account.SendAsync(send, Sending));
        context.Record(run => run with
        {
            FilesSent = Tally.FilesSent, FilesDeleted = Tally.FilesDeleted, BytesSent = Tally.BytesSent,
        });
    }

    /// <summary>Sends the captured databases, and removes those that are gone.</summary>
    /// <param name="staged">Where the captured ones lie.</param>
    /// <param name="databases">What was captured.</param>
    /// <param name="gone">Databases that the source no longer has.</param>
    /// <param name="told">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task SendDatabasesAsync(
        StagedTree staged, StagedDatabases databases, CapturedDatabase[] gone, IProgress<BackupProgress>? told,
        CancellationToken cancellationToken)
    {
        if (databases.ToSend.Count == 0 && gone.Length == 0) return;

        Directory.CreateDirectory(Path.Combine(staged.Path, PlexDatabaseFiles.FolderRelativePath));
        staged.MatchFolders(PlexDatabaseFiles.FolderRelativePath);

        // Compared always: a database changes within its size.
        var send = new RsyncSend
        {
            SourceFolder = staged.Path, DestinationRelative = TargetLayout.Mirror, Comparison = RsyncComparison.Always,
        };
        if (databases.ToSend.Count > 0)
        {
            long bytes = databases.ToSend.Sum(database => database.Bytes);
            await SendAsync(
                send with { WritePaths = ListedPaths.Of(databases.ToSend) }, null,
                Progress(told, BackupPhase.SendingDatabases, bytes), cancellationToken);
        }

        if (gone.Length > 0)
        {
            await SendAsync(
                send with { Delete = true, WritePaths = ListedPaths.Of(gone) }, null,
                Progress(told, BackupPhase.SendingDatabases, 0), cancellationToken);
        }
    }
}
