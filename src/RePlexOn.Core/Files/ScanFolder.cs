namespace RePlexOn.Files;

/// <summary>A folder that waits to be listed.</summary>
/// <param name="Path">Path below the root after a <c>/</c>; empty for the root itself.</param>
/// <param name="Block">The block of entries that its own entry is in.</param>
/// <param name="Slot">Its place in that block.</param>
internal sealed record ScanFolder(byte[] Path, FileRecord[] Block, int Slot)
{
    /// <summary>In <see cref="FileRecord.End"/> of a folder while a scan runs: it was gone, or no folder any more, when it was to be listed.</summary>
    public const int Vanished = -1;

    /// <summary>
    /// Says in the folder's entry who listed it. While a scan runs, <see cref="FileRecord.Parent"/> is the number of the
    /// listing and <see cref="FileRecord.End"/> the worker; the assembly gives both their lasting meaning.
    /// </summary>
    public void Listed(int worker, int listing)
    {
        Block[Slot].End = worker;
        Block[Slot].Parent = listing;
    }
}
