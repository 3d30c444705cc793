using System.Management.Automation;
using RePlexOn.Checks;
using RePlexOn.Security.Audit;

namespace RePlexOn.Cmdlets.Audit;

/// <summary>Puts right what the audit finds and a program can put right, or takes it back.</summary>
[Cmdlet(VerbsSecurity.Protect, "PlexServer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = Apply)]
[OutputType(typeof(ProtectionChange))]
public sealed class ProtectPlexServerCommand : AuditCommand
{
    private const string Apply = "Apply";
    private const string TakeBack = "Undo";

    private readonly PlexProtection _protection = new(TimeProvider.System);

    /// <summary>Put right what wants attention too, not only what failed.</summary>
    [Parameter(ParameterSetName = Apply)]
    public SwitchParameter IncludeWarning { get; set; }

    /// <summary>Take back what was changed last.</summary>
    [Parameter(ParameterSetName = TakeBack, Mandatory = true)]
    public SwitchParameter Undo { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        var options = new ProtectionOptions { Audit = Chosen, IncludeWarnings = IncludeWarning };
        if (Undo) RunUndo(options);
        else Run(options);
    }

    private void Run(ProtectionOptions options)
    {
        ProtectionPlan plan = Work((progress, token) => _protection.PlanAsync(options, progress, token));
        ProtectionChange[] wanted = [.. plan.Changes.Where(IsWanted)];
        Write(Work((progress, token) => _protection.ApplyAsync(options, wanted, progress, token)));
        foreach (Check check in plan.Left.Where(check => check.Status == CheckStatus.Fail))
        {
            WriteWarning($"{check.Id} is left to you. {check.Evidence} {check.Remediation}");
        }
    }

    private void RunUndo(ProtectionOptions options)
    {
        ProtectionResult shown = Work((progress, token) => _protection.UndoAsync(options, isDryRun: true, progress, token));
        // As one: half of it taken back would be a state that never was.
        string all = string.Join(", ", shown.Changes.Select(Describe));
        if (ShouldProcess(all.Length > 0 ? all : "nothing", "Take back")) Write(Work((progress, token) => _protection.UndoAsync(options, isDryRun: false, progress, token)));
    }

    private bool IsWanted(ProtectionChange change) =>
        ShouldProcess(change.Subject, $"Change from {Shown(change.Before)} to {Shown(change.After)} ({change.CheckId}: {change.Title})");

    private void Write(ProtectionResult result)
    {
        foreach (string warning in result.Warnings) WriteWarning(warning);
        if (result.CopyPath is { } copy) WriteVerbose($"Preferences.xml as it was is kept in {copy}.");
        WriteObject(result.Changes, enumerateCollection: true);
    }

    private T Work<T>(Func<IProgress<string>, CancellationToken, Task<T>> work) =>
        Await<string, T>(step => new ProgressRecord(1, "Protecting the server", step), work);

    private static string Describe(ProtectionChange change) => $"{change.Subject} from {Shown(change.Before)} to {Shown(change.After)}";

    private static string Shown(string? value) => value switch
    {
        null => "Plex's default",
        "" => "empty",
        _ => value,
    };
}
