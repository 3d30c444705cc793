namespace RePlexOn.Plex.Databases;

/// <summary>One database to be copied, and how.</summary>
internal sealed record CopyJob(
    PlexDatabaseFile Source, DatabaseParts From, DatabaseParts To, DatabaseCaptureOptions Options,
    TimeProvider Time, IProgress<DatabaseCaptureProgress>? Progress)
{
    /// <summary>A copy of the library is for its owner's eyes alone until it has the mode of the original.</summary>
    public const UnixFileMode PrivateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public void Report(DatabaseCapturePhase phase, long pagesDone, long pagesTotal, int pageSize) =>
        Progress?.Report(new DatabaseCaptureProgress(Source.RelativePath, pagesDone, pagesTotal, pageSize, phase));
}
