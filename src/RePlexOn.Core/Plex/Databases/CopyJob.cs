namespace RePlexOn.Plex.Databases;

/// <summary>One database to be copied, and how.</summary>
internal sealed record CopyJob(
    PlexDatabaseFile Source, DatabaseParts From, DatabaseParts To, DatabaseCaptureOptions Options,
    TimeProvider Time, IProgress<DatabaseCaptureProgress>? Progress)
{
    public void Report(DatabaseCapturePhase phase, long pagesDone, long pagesTotal, int pageSize) =>
        Progress?.Report(new DatabaseCaptureProgress(Source.RelativePath, pagesDone, pagesTotal, pageSize, phase));
}
