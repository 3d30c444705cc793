using System.Management.Automation;
using RePlexOn.Backup;

namespace RePlexOn.Cmdlets.Backup;

/// <summary>Shows how far a backup is.</summary>
internal static class BackupProgressRecord
{
    private const int ActivityId = 1;

    /// <summary>The progress record of one report.</summary>
    public static ProgressRecord From(BackupProgress step) => new(ActivityId, "Plex backup", step.Text)
    {
        PercentComplete = step.Percent ?? -1,
        SecondsRemaining = step.Remaining is { } left ? (int)left.TotalSeconds : -1,
    };
}
