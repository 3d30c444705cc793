using RePlexOn.Plex.Databases;

namespace RePlexOn.Backup;

/// <summary>The room there is for copies of the databases, and the room they need, in bytes.</summary>
internal sealed record StagingRoom(string Folder, long Free, long Needed)
{
    /// <summary>Measures the file system the staging folder lies on, or will lie on.</summary>
    public static StagingRoom Measure(string folder, IReadOnlyList<PlexDatabaseFile> databases)
    {
        string existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent) existing = parent;

        // A sixteenth more for what Plex adds meanwhile.
        long needed = databases.Sum(database => database.Bytes + (database.Bytes >> 4));
        return new(folder, new DriveInfo(existing).AvailableFreeSpace, needed);
    }

    /// <summary>Refuses to begin where the copies will not fit.</summary>
    /// <exception cref="RePlexOnException"><c>StagingFull</c>.</exception>
    public void EnsureEnough()
    {
        if (Free >= Needed) return;

        throw new RePlexOnException(
            "StagingFull", ExitCode.NoRoom,
            $"The staging folder {Folder} has {ByteSize.Format(Free)} free, and the databases need {ByteSize.Format(Needed)}.",
            "Free some room there, or set `stagingDirectory` to a folder on a larger disk.");
    }

    /// <inheritdoc />
    public override string ToString() => $"{Folder}: {ByteSize.Format(Free)} free, {ByteSize.Format(Needed)} needed";
}
