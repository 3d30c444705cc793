using System.Management.Automation;
using RePlexOn.Backup;
using RePlexOn.Cmdlets.Backup;
using RePlexOn.History;
using RePlexOn.Snapshots;

namespace RePlexOn.Cmdlets.Snapshots;

/// <summary>Removes snapshots from the target: those that are named, or those that no retention rule keeps.</summary>
[Cmdlet(VerbsCommon.Remove, "PlexSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ByName)]
[OutputType(typeof(BackupRun))]
[OutputType(typeof(RetentionDecision), ParameterSetName = [ByRetention])]
public sealed class RemovePlexSnapshotCommand : TargetCommand
{
    private const string ByName = "ByName";
    private const string ByRetention = "ByRetention";

    private readonly List<string> _agreed = [];

    /// <summary>The snapshots to remove, by their full names.</summary>
    [Parameter(ParameterSetName = ByName, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Go on although no whole snapshot would be left.</summary>
    [Parameter(ParameterSetName = ByName)]
    public SwitchParameter Force { get; set; }

    /// <summary>Remove those that no retention rule keeps.</summary>
    [Parameter(ParameterSetName = ByRetention, Mandatory = true)]
    public SwitchParameter ApplyRetention { get; set; }

    /// <summary>Keep so many of the newest, in place of the configured number.</summary>
    [Parameter(ParameterSetName = ByRetention)]
    [ValidateRange(-1, int.MaxValue)]
    public int? KeepLast { get; set; }

    /// <summary>Keep one of each of so many hours, in place of the configured number.</summary>
    [Parameter(ParameterSetName = ByRetention)]
    [ValidateRange(-1, int.MaxValue)]
    public int? KeepHourly { get; set; }

    /// <summary>Keep one of each of so many days, in place of the configured number.</summary>
    [Parameter(ParameterSetName = ByRetention)]
    [ValidateRange(-1, int.MaxValue)]
    public int? KeepDaily { get; set; }

    /// <summary>Keep one of each of so many weeks, in place of the configured number.</summary>
    [Parameter(ParameterSetName = ByRetention)]
    [ValidateRange(-1, int.MaxValue)]
    public int? KeepWeekly { get; set; }

    /// <summary>Keep one of each of so many months, in place of the configured number.</summary>
    [Parameter(ParameterSetName = ByRetention)]
    [ValidateRange(-1, int.MaxValue)]
    public int? KeepMonthly { get; set; }

    /// <summary>Keep one of each of so many years, in place of the configured number.</summary>
    [Parameter(ParameterSetName = ByRetention)]
    [ValidateRange(-1, int.MaxValue)]
    public int? KeepYearly { get; set; }

    /// <summary>Keep all that are less than so many days older than the newest, in place of the configured number.</summary>
    [Parameter(ParameterSetName = ByRetention)]
    [ValidateRange(0, 36_500)]
    public int? KeepWithinDays { get; set; }

    /// <summary>Who or what starts it; scheduled scripts say Schedule.</summary>
    [Parameter]
    [ValidateSet(nameof(RunTrigger.Interactive), nameof(RunTrigger.Schedule))]
    public RunTrigger Trigger { get; set; } = RunTrigger.Interactive;

    /// <inheritdoc />
    protected override void Process()
    {
        if (ParameterSetName == ByRetention)
        {
            Prune();
            return;
        }

        foreach (string name in Name)
        {
            if (ShouldProcess($"snapshot {name} on {TargetName}", "Remove")) _agreed.Add(name);
        }
    }

    /// <inheritdoc />
    protected override void End()
    {
        if (_agreed.Count == 0) return;

        var options = new SnapshotRemovalOptions
        {
            ConfigurationPath = ResolvedConfigurationPath, Overrides = Overrides, Trigger = Trigger, Names = _agreed, Force = Force,
        };
        WriteRun(Await<BackupProgress, BackupRun>(
            BackupProgressRecord.From,
            (progress, token) => new SnapshotRemoval(TimeProvider.System).RunAsync(options, progress, token)));
    }

    private void Prune()
    {
        var pruning = new SnapshotPruning(TimeProvider.System);
        var options = new SnapshotPruningOptions
        {
            ConfigurationPath = ResolvedConfigurationPath,
            Overrides = Overrides,
            Trigger = Trigger,
            Rules = new RetentionOverrides
            {
                KeepLast = KeepLast, KeepHourly = KeepHourly, KeepDaily = KeepDaily, KeepWeekly = KeepWeekly,
                KeepMonthly = KeepMonthly, KeepYearly = KeepYearly, KeepWithinDays = KeepWithinDays,
            },
        };
        IReadOnlyList<RetentionDecision> plan = Await<BackupProgress, IReadOnlyList<RetentionDecision>>(
            BackupProgressRecord.From, (_, token) => pruning.PlanAsync(options, token));
        string[] names = [.. plan.Where(one => !one.IsKept).Select(one => one.Snapshot)];
        string which = names switch
        {
            [] => "no snapshot",
            [var only] => $"snapshot {only}",
            _ => $"{names.Length} snapshots ({string.Join(", ", names)})",
        };

        // Nobody is asked whether nothing may be removed.
        bool agreed = (names.Length == 0 && !IsWhatIf) || ShouldProcess($"{which} on {TargetName}", "Remove by the retention rules");
        if (agreed)
        {
            WriteRun(Await<BackupProgress, BackupRun>(
                BackupProgressRecord.From,
                (progress, token) => pruning.RunAsync(options with { Only = names }, progress, token)));
        }
        else if (IsWhatIf)
        {
            WriteObject(plan, enumerateCollection: true);
        }
    }
}
