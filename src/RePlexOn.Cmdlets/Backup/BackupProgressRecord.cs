using System.Management.Automation;
using RePlexOn.Backup;

namespace RePlexOn.Cmdlets.Backup;

/// <summary>Shows how far a backup is.</summary>
internal static class BackupProgressRecord
{
    private const int ActivityId = 1;

    /// <summary>The progress record of one report.</summary>
    public static ProgressRecord From(BackupProgress step) => Of("Plex backup", step);

    /// <summary>The same for a restore.</summary>
    public static ProgressRecord FromRestore(BackupProgress step) => Of("Plex restore", step);

    private static ProgressRecord Of(string activity, BackupProgress step) => new(ActivityId, activity, step.Text)
    {
        PercentComplete = step.Percent ?? -1,
        SecondsRemaining = step.Remaining is { } left ? (int)left.TotalSeconds : -1,
    };
}
