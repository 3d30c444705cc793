namespace RePlexOn.Plex.Databases;

/// <summary>How a capture goes about its work.</summary>
public sealed record DatabaseCaptureOptions
{
    /// <summary>
    /// Pages copied between two looks at the cancellation token. They go through a cache of about 2 MB, so this does
    /// not set how much memory is needed.
    /// </summary>
    public int PagesPerStep { get; init; } = 1024;

    /// <summary>How long to wait for a database that Plex holds locked or keeps rewriting.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);
}
