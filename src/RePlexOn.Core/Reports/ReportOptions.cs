using RePlexOn.Configuration;

namespace RePlexOn.Reports;

/// <summary>What a report is to be about, and where it goes.</summary>
public sealed record ReportOptions
{
    /// <summary>The most days that a report can cover.</summary>
    public const int MostDays = 3660;

    /// <summary>How many days a report covers where nobody says otherwise.</summary>
    public const int UsualDays = 90;

    /// <summary>How many runs a report lists where nobody says otherwise.</summary>
    public const int UsualRuns = 20;

    /// <summary>The most runs that a report can list.</summary>
    public const int MostRuns = 1000;

    /// <summary>The file to write, as a full path.</summary>
    public required string Path { get; init; }

    /// <summary>The configuration file; null for the default one.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Single values in place of the configured ones.</summary>
    public ConfigurationOverrides Overrides { get; init; } = new();

    /// <summary>How many days it covers, today the last of them; from 1 to <see cref="MostDays"/>.</summary>
    public int Days { get; init; } = UsualDays;

    /// <summary>How many runs it lists, the newest ones; from 0 to <see cref="MostRuns"/>.</summary>
    public int Runs { get; init; } = UsualRuns;

    /// <summary>Do not ask the target for its snapshots.</summary>
    public bool SkipTarget { get; init; }

    /// <summary>Replace a file that is there even where it is no report.</summary>
    public bool Overwrite { get; init; }
}
