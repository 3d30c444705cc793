namespace RePlexOn.Configuration;

/// <summary>How backups of the configuration itself are made and kept.</summary>
public sealed record ConfigurationBackupSettings
{
    /// <summary>Of how many days to keep one.</summary>
    public int Keep { get; init; } = 30;

    /// <summary>Files of the user's own that go along, by their absolute paths.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
