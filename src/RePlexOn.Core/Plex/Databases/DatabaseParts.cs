namespace RePlexOn.Plex.Databases;

/// <summary>The files that together are one SQLite database. SQLite names the others after the main file.</summary>
internal sealed record DatabaseParts(string Main)
{
    public string Wal => Main + "-wal";

    public string SharedMemory => Main + "-shm";

    public string Journal => Main + "-journal";

    /// <summary>The parts of the database at a path. SQLite follows a symbolic link before it names the other files.</summary>
    public static DatabaseParts Of(string path) =>
        new((File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null)
            ?? Path.GetFullPath(path));

    /// <summary>Removes all files of the database that there are.</summary>
    public void Delete()
    {
        if (!Directory.Exists(Path.GetDirectoryName(Main))) return;
        File.Delete(Main);
        File.Delete(Wal);
        File.Delete(SharedMemory);
        File.Delete(Journal);
    }
}
