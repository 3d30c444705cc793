namespace RePlexOn.Targets;

/// <summary>rsync's figures for a whole transfer (<c>--stats</c>).</summary>
public sealed record RsyncStatistics
{
    /// <summary>Entries of all kinds that were looked at.</summary>
    public long EntriesTotal { get; init; }

    /// <summary>Regular files among them.</summary>
    public long FilesTotal { get; init; }

    /// <summary>Entries of all kinds that are new at the destination.</summary>
    public long EntriesCreated { get; init; }

    /// <summary>Entries of all kinds that were removed at the destination.</summary>
    public long EntriesDeleted { get; init; }

    /// <summary>Regular files whose content was transferred.</summary>
    public long FilesTransferred { get; init; }

    /// <summary>Size of all that was looked at, in bytes.</summary>
    public long BytesTotal { get; init; }

    /// <summary>Size of the files that were transferred, in bytes.</summary>
    public long BytesTransferred { get; init; }

    /// <summary>Bytes of content that were sent as they are.</summary>
    public long BytesLiteral { get; init; }

    /// <summary>Bytes of content that the destination already had.</summary>
    public long BytesMatched { get; init; }

    /// <summary>Whether the files that were transferred had the sizes with which rsync had listed them, as far as the sums tell.</summary>
    public bool SizesHeld => BytesLiteral + BytesMatched == BytesTransferred;

    /// <summary>Bytes that this machine sent, all told.</summary>
    public long WireSent { get; init; }

    /// <summary>Bytes that this machine received, all told.</summary>
    public long WireReceived { get; init; }
}
