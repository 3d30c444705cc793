using RePlexOn.Configuration;
using RePlexOn.Schedules;

namespace RePlexOn.Setup;

/// <summary>What a user gives at set-up; what is not given keeps what is set, or is found.</summary>
public sealed record SetupOptions
{
    /// <summary>The configuration file to write; null for the default one.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Source, target, password file and state directory.</summary>
    public ConfigurationOverrides Values { get; init; } = new();

    /// <summary>The rsync daemon's password, to be kept in the password file; null to leave that file as it is.</summary>
    public string? Password { get; init; }

    /// <summary>Do not ask the target whether it answers.</summary>
    public bool SkipTargetTest { get; init; }

    /// <summary>The jobs to have run by themselves, at their usual times; those that are scheduled already stay as they are.</summary>
    public IReadOnlyList<ScheduleJob> Schedules { get; init; } = [];

    /// <summary>Who is to get alerts by mail; null to leave that as it is.</summary>
    public string? MailTo { get; init; }

    /// <summary>Full path of the program that schedules start; null to look it up in <c>PATH</c>.</summary>
    public string? Program { get; init; }

    /// <summary>The PowerShell module's folder, where PowerShell is to do scheduled work; null for the command line.</summary>
    public string? Module { get; init; }

    /// <summary>Take nothing over from the first RePlexOn.</summary>
    public bool IgnoreFirstSystem { get; init; }

    /// <summary>Only say what would be done.</summary>
    public bool DryRun { get; init; }
}
