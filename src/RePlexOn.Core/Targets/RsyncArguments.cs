namespace RePlexOn.Targets;

/// <summary>Writes rsync's command lines; only options that rsync 3.1 has.</summary>
internal static class RsyncArguments
{
    /// <summary>What every transfer has: all as it is, owners by number.</summary>
    private static readonly string[] Base = ["-a", "--numeric-ids"];

    /// <summary>A transfer of content; nothing is deleted that it does not list.</summary>
    public static List<string> Transfer(RsyncTransfer transfer) =>
    [
        .. Common(transfer),
        // Resumable, without ever leaving half a file under its real name. rsync looks for the folder at every file, which
        // makes a first backup of small ones slower by a seventh.
        .. transfer.KeepHalfFiles ? ["--partial-dir=.rsync-partial"] : Array.Empty<string>(),
        .. transfer.Comparison switch
        {
            RsyncComparison.Content => ["--checksum"],
            RsyncComparison.Always => ["--ignore-times"],
            _ => Array.Empty<string>(),
        },
        // rsync notes unchanged entries in its log only where it prints them too; then let it be little.
        .. transfer.TellUnchanged ? transfer.OnChange is null ? ["-ii", "--out-format=%i"] : ["-ii"] : Array.Empty<string>(),
        // A list says that its files have changed. rsync compares whole seconds otherwise, and would pass over a file
        // that was written twice within one. (Before 3.1.3 this transfers all that is listed, which does no harm.)
        .. transfer.ExactTimes || transfer.WritePaths is not null ? ["--modify-window=-1"] : Array.Empty<string>(),
        // A folder that is now a file makes way for it.
        "--force",
        .. transfer.ListFirst ? ["--no-inc-recursive"] : Array.Empty<string>(),
        .. transfer.WritePaths is null ? WholeTree(transfer) : Listed(transfer),
        .. transfer.ExtraArguments,
    ];

    /// <summary>
    /// The second pass of a whole tree: deletes, and transfers nothing. It is not told of the folders of half files, which
    /// rsync would spare: by now they are those of files that are gone from the source.
    /// </summary>
    public static List<string> DeleteOnly(RsyncTransfer transfer) =>
        [.. Common(transfer), "--delete", "--existing", "--ignore-existing", .. transfer.ExtraArguments];

    /// <summary>
    /// Where hard links are made to, seen from the folder that receives: a daemon makes the path of a module's own into a
    /// longer one, which it then walks for each entry (measured: a third more time).
    /// </summary>
    public static IEnumerable<string> Links(RsyncSend send)
    {
        int depth = send.DestinationRelative.Split('/', StringSplitOptions.RemoveEmptyEntries).Length;
        return send.LinkFolders.Select(folder => $"--link-dest={string.Concat(Enumerable.Repeat("../", depth))}{folder}");
    }

    private static IEnumerable<string> Common(RsyncTransfer transfer) =>
    [
        .. Base,
        .. transfer.KeepHardLinks ? ["-H"] : Array.Empty<string>(),
        .. transfer.KeepExtendedAttributes ? ["-X"] : Array.Empty<string>(),
        .. transfer.KeepAccessControlLists ? ["-A"] : Array.Empty<string>(),
        .. transfer.DryRun ? ["--dry-run"] : Array.Empty<string>(),
        .. transfer.FilterArguments,
    ];

    /// <summary>A dry run loses nothing, so it tells of the deletions in one pass.</summary>
    private static string[] WholeTree(RsyncTransfer transfer) =>
        transfer is { Delete: true, DryRun: true } ? ["--delete", "--delete-after"] : [];

    private static string[] Listed(RsyncTransfer transfer) =>
    [
        "--files-from=-", "--from0",
        transfer.Delete ? "--delete-missing-args" : "--ignore-missing-args",
    ];
}
