namespace RePlexOn.Schedules;

/// <summary>A schedule: what is started when, and by whom.</summary>
public sealed record BackupSchedule
{
    /// <summary>What it starts.</summary>
    public required ScheduleJob Job { get; init; }

    /// <summary>When, as a cron expression.</summary>
    public required string Expression { get; init; }

    /// <summary>When, in plain English.</summary>
    public required string Description { get; init; }

    /// <summary>When it is due next, by the clock of this machine; null for <c>@reboot</c>.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>Who starts it.</summary>
    public required SchedulePlace Place { get; init; }

    /// <summary>The file or the crontab that it is in.</summary>
    public required string Location { get; init; }

    /// <summary>What is run, as it is written there.</summary>
    public required string Command { get; init; }

    /// <summary>The configuration that it is for; null for a line of the first system.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Since when it stands so; null for a line of the first system.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether it is a line of the first system, which RePlexOn never changes.</summary>
    public bool IsLegacy { get; init; }

    /// <summary>For a line of the first system, what can be done to have RePlexOn take its place; else null.</summary>
    public string? Offer { get; init; }
}
