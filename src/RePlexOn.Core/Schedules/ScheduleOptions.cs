namespace RePlexOn.Schedules;

/// <summary>What to do when.</summary>
public sealed record ScheduleOptions
{
    /// <summary>What to start.</summary>
    public required ScheduleJob Job { get; init; }

    /// <summary>When, as a cron expression; null for a time that suits the job.</summary>
    public string? Expression { get; init; }

    /// <summary>Who is to start it; null for where it is already, else systemd for root where it runs, else the user's crontab.</summary>
    public SchedulePlace? Place { get; init; }

    /// <summary>The configuration to run with, as a full path; null for the one found by itself.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Full path of <c>replexon</c>, or of <c>pwsh</c> where <see cref="Module"/> is set; null to look it up in <c>PATH</c>.</summary>
    public string? Program { get; init; }

    /// <summary>The PowerShell module's folder, where PowerShell is to do the work; null for the command line.</summary>
    public string? Module { get; init; }

    /// <summary>Only say what would be done.</summary>
    public bool DryRun { get; init; }
}
