using System.Text.Json.Serialization;
using RePlexOn.History;

namespace RePlexOn.Legacy;

/// <summary>What must be known of the lines before to understand the next one; kept between two readings of a log.</summary>
internal sealed record LogState
{
    /// <summary>Runs that have begun and not ended, in the order of their beginning.</summary>
    public List<OpenRun> Open { get; init; } = [];

    /// <summary>The newest moment that the log tells.</summary>
    public DateTimeOffset? Newest { get; set; }

    /// <summary>When the last mirror ended: the weekly snapshot begins right there.</summary>
    public DateTimeOffset? MirrorEndedAt { get; set; }

    /// <summary>The run of RePlexOn's own that said last which one it is.</summary>
    public string? Speaker { get; set; }

    /// <summary>What that run said of its end.</summary>
    public string? Said { get; set; }

    /// <summary>Whether the line before began a run.</summary>
    public bool JustBegan { get; set; }

    /// <summary>By <see cref="RunKind"/>, the last text that a run was named after, and how many were: two can begin within a second.</summary>
    public Dictionary<string, NamedRun> Names { get; init; } = [];

    /// <summary>The text a run was named after, and which one of that text it was.</summary>
    internal sealed record NamedRun(string Text, int Count);
}

/// <summary>How far a log was read.</summary>
internal sealed record LogBookmark
{
    /// <summary>The log as it was when it had been read: its stamp, see <see cref="Files.FileStatus.ToStamp"/>; null where there was none.</summary>
    public string? LogStamp { get; init; }

    /// <summary>The same of the tracking file.</summary>
    public string? TrackingStamp { get; init; }

    /// <summary>Where the first line begins that was not read.</summary>
    public long Offset { get; init; }

    /// <summary>How many of the log's first bytes <see cref="HeadSha256"/> is of.</summary>
    public int HeadBytes { get; init; }

    /// <summary>Tells this log from another one that took its place.</summary>
    public string HeadSha256 { get; init; } = "";

    /// <summary>What the next lines need.</summary>
    public LogState State { get; init; } = new();
}

/// <summary>Reads a bookmark.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LogBookmark))]
internal sealed partial class LogBookmarkReading : JsonSerializerContext;

/// <summary>Writes a bookmark, without the descriptions of types that only reading needs: they take longer than a thousand runs.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LogBookmark))]
internal sealed partial class LogBookmarkWriting : JsonSerializerContext;
