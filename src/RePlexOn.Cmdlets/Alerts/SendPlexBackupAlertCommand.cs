using System.Management.Automation;
using RePlexOn.Alerts;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;

namespace RePlexOn.Cmdlets.Alerts;

/// <summary>Sends an alert: a text of one's own, what a run has to tell, or what the rules say is due.</summary>
[Cmdlet(VerbsCommunications.Send, "PlexBackupAlert", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = OfText)]
[OutputType(typeof(AlertRecord))]
public sealed class SendPlexBackupAlertCommand : AlertCommand
{
    private const string OfText = "Text";
    private const string OfRun = "Run";
    private const string ByRule = "WhenDue";

    /// <summary>What to tell.</summary>
    [Parameter(ParameterSetName = OfText, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Message { get; set; } = "";

    /// <summary>What happened, in a few words.</summary>
    [Parameter(ParameterSetName = OfText)]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "A message";

    /// <summary>A run of the history to tell of.</summary>
    [Parameter(ParameterSetName = OfRun, Mandatory = true, ValueFromPipeline = true)]
    public BackupRun? Run { get; set; }

    /// <summary>Only over these channels.</summary>
    [Parameter(ParameterSetName = OfText)]
    [Parameter(ParameterSetName = OfRun)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AlertChannelCompleter))]
    public string[]? Channel { get; set; }

    /// <summary>Send what the rules say is due, and nothing twice.</summary>
    [Parameter(ParameterSetName = ByRule, Mandatory = true)]
    public SwitchParameter WhenDue { get; set; }

    /// <summary>Return what was sent.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        RePlexOnConfiguration configuration = LoadConfiguration();
        if (ParameterSetName == ByRule)
        {
            SendWhenDue(configuration);
            return;
        }

        Alert alert = Run is null ? Center.Message(Title, Message) : Center.Describe(configuration, Run);
        IReadOnlyList<string> channels = AlertCenter.ChannelsOf(configuration, Channel);
        if (!ShouldProcess(string.Join(", ", channels), $"Send \"{AlertCenter.SubjectOf(alert)}\"")) return;

        AlertRecord record = Send(token => Center.SendAsync(configuration, alert, Channel, token));
        foreach (AlertDelivery delivery in record.Deliveries)
        {
            if (delivery.Status != DeliveryStatus.Delivered) WriteError(ErrorOf(delivery));
        }

        if (PassThru) WriteObject(record);
    }

    private void SendWhenDue(RePlexOnConfiguration configuration)
    {
        if (!ShouldProcess("the channels for alerts", "Send the alerts that are due")) return;

        IReadOnlyList<AlertRecord> sent = Send(async token =>
        {
            BackupStatus status = await new BackupStatusReader(TimeProvider.System).ReadAsync(configuration, token);
            return await Center.CheckAsync(configuration, status, token);
        });
        // A script that goes on to say how the backup stands must not stop here.
        foreach (AlertDelivery delivery in sent.SelectMany(record => record.Deliveries))
        {
            if (delivery.Status == DeliveryStatus.Failed) WriteWarning($"{delivery.Channel}: {delivery.Message} {delivery.Advice}");
        }

        if (PassThru) WriteObject(sent, enumerateCollection: true);
    }
}
