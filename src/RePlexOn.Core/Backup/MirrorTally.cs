using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>Adds up what several rsync runs of one backup did; two of them may end at once.</summary>
internal sealed class MirrorTally
{
    private readonly Lock _gate = new();

    /// <summary>Regular files whose content was sent.</summary>
    public long FilesSent { get; private set; }

    /// <summary>Entries removed from the mirror.</summary>
    public long FilesDeleted { get; private set; }

    /// <summary>Bytes that went over the wire to the target.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Whether rsync left something out that it should have copied.</summary>
    public bool Incomplete { get; private set; }

    /// <summary>Whether files went away while they were being sent.</summary>
    public bool SomeVanished { get; private set; }

    /// <summary>What rsync said of what it left out.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Adds one rsync run.</summary>
    public void Add(RsyncResult result)
    {
        lock (_gate) Count(result);
    }

    private void Count(RsyncResult result)
    {
        FilesSent += result.Statistics.FilesTransferred;
        FilesDeleted += result.Statistics.EntriesDeleted;
        BytesSent += result.Statistics.WireSent;
        Incomplete |= result.Incomplete;
        SomeVanished |= result.SomeVanished;
        if (result.Incomplete) Warnings.AddRange(result.Warnings);
    }
}
