namespace RePlexOn.Legacy;

/// <summary>What is asked of an import of the first system's database.</summary>
public sealed record HistoryImportOptions
{
    /// <summary>Where the first system keeps it unless somebody changed that.</summary>
    public const string DefaultPath = "/opt/replexon/data/replexon.db";

    /// <summary>Where the history lies.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>The database; a full path.</summary>
    public string Path { get; init; } = DefaultPath;

    /// <summary>The zone of its times, which it keeps without one; this machine's where it is null.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>Whether to find out only what would be added.</summary>
    public bool DryRun { get; init; }
}
