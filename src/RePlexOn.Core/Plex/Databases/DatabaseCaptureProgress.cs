namespace RePlexOn.Plex.Databases;

/// <summary>How far a capture is.</summary>
/// <param name="Path">The database, below the Plex data directory.</param>
/// <param name="PagesDone">Pages done in this phase; an estimate while checking.</param>
/// <param name="PagesTotal">Pages to do in this phase.</param>
/// <param name="PageSize">Bytes in a page.</param>
/// <param name="Phase">What is being done.</param>
public sealed record DatabaseCaptureProgress(
    string Path, long PagesDone, long PagesTotal, int PageSize, DatabaseCapturePhase Phase);
