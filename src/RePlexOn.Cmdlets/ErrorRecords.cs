using System.Management.Automation;
using RePlexOn.History;

namespace RePlexOn.Cmdlets;

/// <summary>The one place where error records are made.</summary>
internal static class ErrorRecords
{
    /// <summary>An error record of a trouble of the core.</summary>
    public static ErrorRecord From(RePlexOnException trouble, object? target) =>
        new(trouble, trouble.ErrorId, CategoryOf(trouble.ExitCode), target)
        {
            ErrorDetails = new ErrorDetails(trouble.Message) { RecommendedAction = trouble.Advice },
        };

    /// <summary>An error record of a run that ended without a copy.</summary>
    public static ErrorRecord From(BackupRun run) => From(
        new RePlexOnException(run.ErrorId ?? "RunFailed", run.ExitCode ?? ExitCode.Failed, run.Message ?? "The run failed.", run.Advice ?? ""),
        run);

    private static ErrorCategory CategoryOf(ExitCode exitCode) => exitCode switch
    {
        ExitCode.Usage => ErrorCategory.InvalidArgument,
        ExitCode.TargetUnreachable => ErrorCategory.ConnectionError,
        ExitCode.Locked => ErrorCategory.ResourceBusy,
        ExitCode.Refused => ErrorCategory.AuthenticationError,
        ExitCode.NoRoom => ErrorCategory.ResourceUnavailable,
        ExitCode.VerificationFailed => ErrorCategory.InvalidData,
        ExitCode.Cancelled => ErrorCategory.OperationStopped,
        _ => ErrorCategory.NotSpecified,
    };
}
