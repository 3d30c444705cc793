using System.Management.Automation;
using RePlexOn.Alerts;

namespace RePlexOn.Cmdlets.Alerts;

/// <summary>A cmdlet that sends something over the channels that are set.</summary>
public abstract class AlertCommand : ConfiguredCommand
{
    private protected AlertCenter Center { get; } = new(TimeProvider.System);

    /// <summary>Sends, with a word on the screen meanwhile.</summary>
    private protected T Send<T>(Func<CancellationToken, Task<T>> work) => Await<string, T>(
        step => new ProgressRecord(1, "Sending an alert", step),
        (progress, token) =>
        {
            progress.Report("waiting for the other side");
            return work(token);
        });

    /// <summary>An error record of a delivery that failed.</summary>
    private protected static ErrorRecord ErrorOf(AlertDelivery delivery) => ErrorRecords.From(
        new RePlexOnException(delivery.ErrorId ?? "AlertFailed", ExitCode.Failed, $"{delivery.Channel}: {delivery.Message}", delivery.Advice ?? ""), delivery);
}
