namespace RePlexOn.Targets;

/// <summary>What <see cref="RsyncSend"/> and <see cref="RsyncReceive"/> have in common.</summary>
public abstract record RsyncTransfer
{
    /// <summary>Changes nothing; the result and the changes say what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// Removes at the destination what the source no longer has. Without <see cref="WritePaths"/> that happens in a
    /// second pass, only when all has arrived: rsync's own <c>--delete-after</c> deletes even when the destination
    /// could not take the new files (no inodes, quota), and a renamed file would then be lost under both names.
    /// With <see cref="WritePaths"/> those of the listed paths that the source does not have are removed, and
    /// <b>before</b> anything is sent: so send the changed paths first, and the vanished ones in a call of their own.
    /// </summary>
    public bool Delete { get; init; }

    /// <summary>How files are told apart.</summary>
    public RsyncComparison Comparison { get; init; }

    /// <summary>
    /// Compares times to the nanosecond, not to the second. With <see cref="WritePaths"/> that is always so. Else it is for
    /// what is new on a file system that keeps them so: where it does not, every file would be sent each time.
    /// </summary>
    public bool ExactTimes { get; init; }

    /// <summary>rsync's <c>--exclude=…</c>, <c>--include=…</c> and <c>--filter=…</c>, in order. What they leave out is not deleted either.</summary>
    public IReadOnlyList<string> FilterArguments { get; init; } = [];

    /// <summary>
    /// Lists the paths to transfer; no other is looked at, and folders are not entered. Null transfers the whole tree.
    /// A listed path that the source does not have is passed over, or removed with <see cref="Delete"/>: then list only
    /// the topmost folder of what vanished, all in it goes with it (a path whose parent has vanished too makes
    /// rsync end with 24). Called on another thread, for each try: the far side may turn out to be old, or busy.
    /// </summary>
    public Action<RsyncPathWriter>? WritePaths { get; init; }

    /// <summary>
    /// Lists the whole tree before anything is sent. That saves both sides a sixth of their CPU time, one transfer by itself
    /// takes longer for it, and both sides hold some 150 bytes for each entry (measured).
    /// </summary>
    public bool ListFirst { get; init; }

    /// <summary>
    /// Keeps what has arrived of a file when the transfer is cut off, and goes on there the next time. Worth its cost
    /// only where a file is large.
    /// </summary>
    public bool KeepHalfFiles { get; init; } = true;

    /// <summary>Gets each change as it is made; called on another thread, one at a time.</summary>
    public Action<RsyncChange>? OnChange { get; init; }

    /// <summary>Where rsync notes what it does, read while it does it, which costs far less than <see cref="OnChange"/>; null for nowhere.</summary>
    public RsyncChangeLog? Log { get; init; }

    /// <summary>The kind of sum to tell contents by, if both sides have it; the result says which it was.</summary>
    public FileSumKind Sums { get; init; }

    /// <summary>Tells <see cref="OnChange"/> and <see cref="Log"/> of entries that are the same on both sides too.</summary>
    public bool TellUnchanged { get; init; }

    /// <summary>
    /// Keeps files with several names as one. Where there are none it costs nothing but with
    /// <see cref="RsyncSend.LinkFolders"/>: there a quarter of the time.
    /// </summary>
    public bool KeepHardLinks { get; init; } = true;

    /// <summary>Keeps extended attributes; both sides must be able to.</summary>
    public bool KeepExtendedAttributes { get; init; }

    /// <summary>Keeps access control lists; both sides must be able to.</summary>
    public bool KeepAccessControlLists { get; init; }

    /// <summary>Further arguments for rsync.</summary>
    public IReadOnlyList<string> ExtraArguments { get; init; } = [];
}
