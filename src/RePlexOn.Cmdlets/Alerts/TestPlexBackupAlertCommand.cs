using System.Management.Automation;
using RePlexOn.Alerts;
using RePlexOn.Configuration;

namespace RePlexOn.Cmdlets.Alerts;

/// <summary>Sends a test over each channel that is set, and tells what became of it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PlexBackupAlert")]
[OutputType(typeof(AlertDelivery))]
[OutputType(typeof(bool))]
public sealed class TestPlexBackupAlertCommand : AlertCommand
{
    /// <summary>Only over these channels.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AlertChannelCompleter))]
    public string[]? Channel { get; set; }

    /// <summary>Return true or false alone.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        RePlexOnConfiguration configuration = LoadConfiguration();
        AlertRecord record = Send(token => Center.TestAsync(configuration, Channel, token));
        if (Quiet)
        {
            WriteObject(record.IsDelivered);
        }
        else
        {
            WriteObject(record.Deliveries, enumerateCollection: true);
        }
    }
}
