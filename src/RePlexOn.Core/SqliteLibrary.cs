namespace RePlexOn;

/// <summary>The SQLite that comes with RePlexOn: loaded once for the process, whoever needs it first.</summary>
internal static class SqliteLibrary
{
    static SqliteLibrary() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Makes SQLite ready. Call it before the first connection; any number of calls do no more than one.</summary>
    public static void EnsureLoaded()
    {
        // The static constructor has run by the time this line is reached; the runtime sees to it that it runs once.
    }
}
