namespace RePlexOn.Demo;

/// <summary>What a sample library holds. Equal options give equal content.</summary>
public sealed record SampleOptions
{
    /// <summary>Files to make in bundles (artwork, thumbnails, XML); two dozen others come on top.</summary>
    public int Files { get; init; } = 2000;

    /// <summary>Average size in bytes of those files: most are a few kilobytes, a few are large.</summary>
    public int AverageFileBytes { get; init; } = 10_000;

    /// <summary>Titles in the library database.</summary>
    public int LibraryRows { get; init; } = 2000;

    /// <summary>Bytes of text and values that each title carries, with which the databases can be made large.</summary>
    public int BytesPerRow { get; init; } = 600;

    /// <summary>Starting point of all that looks random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether to make file names with quotes, newlines, umlauts, a leading dash and the like.</summary>
    public bool OddNames { get; init; } = true;
}
