using System.CommandLine;
using System.Globalization;
using RePlexOn.Alerts;
using RePlexOn.Configuration;
using RePlexOn.History;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon alert</c></summary>
internal static class AlertCommand
{
    public static Command Create() => new("alert", "Send alerts, test whether they arrive, and list those that were sent.")
    {
        CreateSend(),
        CreateTest(),
        CreateList(),
    };

    private static CommandWithExamples CreateSend()
    {
        var text = new Argument<string>("text") { Description = "What to tell." };
        var title = new Option<string>("--title")
        {
            Description = "What happened, in a few words.", HelpName = "text", DefaultValueFactory = _ => "A message",
        };
        var channel = Channel();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be sent, and where; send nothing." };
        var command = new CommandWithExamples(
            "send", "Send an alert of your own over the channels that are set.",
            "replexon alert send 'The NAS will be off tonight.'",
            "replexon alert send 'Disk /srv is 95 % full.' --title 'A disk fills up' --channel mail ntfy",
            "replexon alert send 'Nobody gets this.' --dry-run")
        {
            text, title, channel, dryRun,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            var center = new AlertCenter(TimeProvider.System);
            RePlexOnConfiguration configuration = shared.Load(parsed);
            Alert alert = center.Message(parsed.GetRequiredValue(title), parsed.GetRequiredValue(text));
            string[]? channels = parsed.GetValue(channel);
            return parsed.GetValue(dryRun)
                ? Show(alert, AlertCenter.ChannelsOf(configuration, channels), shared.Json(parsed))
                : Write(await center.SendAsync(configuration, alert, channels, token), shared.Json(parsed));
        });
        return command;
    }

    private static CommandWithExamples CreateTest()
    {
        var channel = Channel();
        var command = new CommandWithExamples(
            "test", "Send a test over each channel that is set, and say what became of it; pings get a note that changes nothing.",
            "replexon alert test",
            "replexon alert test --channel mail --json")
        {
            channel,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) => Write(
            await new AlertCenter(TimeProvider.System).TestAsync(shared.Load(parsed), parsed.GetValue(channel), token), shared.Json(parsed)));
        return command;
    }

    private static CommandWithExamples CreateList()
    {
        var last = new Option<int>("--last") { Description = "At most this many, the newest.", DefaultValueFactory = _ => 20, HelpName = "number" };
        var command = new CommandWithExamples(
            "list", "List the alerts that were sent, the newest first, and whether they arrived.",
            "replexon alert list",
            "replexon alert list --last 1 --json")
        {
            last,
        };
        var shared = new SharedOptions(command);
        command.SetAction(parsed =>
        {
            using HistoryStore history = HistoryStore.Open(shared.Load(parsed).StateDirectory, HistoryAccess.Read, TimeProvider.System);
            IReadOnlyList<AlertRecord> alerts = new AlertHistory(history).Newest(parsed.GetValue(last));
            if (shared.Json(parsed))
            {
                Screen.WriteJson(alerts, CliJson.Default.IReadOnlyListAlertRecord);
            }
            else if (alerts.Count == 0)
            {
                Console.Out.WriteLine("No alerts.");
            }
            else
            {
                Screen.WriteTable(
                    ["No", "At", "Kind", "Topic", "Delivered", "Subject"],
                    alerts.Select(alert => (string[])
                    [
                        alert.Number.ToString(CultureInfo.InvariantCulture),
                        alert.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                        alert.Kind.ToString(),
                        alert.Topic,
                        string.Join(", ", alert.Deliveries.Select(one => one.Status == DeliveryStatus.Delivered ? one.Channel : $"{one.Channel}: {one.ErrorId ?? one.Status.ToString()}")),
                        alert.Subject,
                    ]));
            }
        });
        return command;
    }

    private static Option<string[]> Channel() => new("--channel")
    {
        Description = "Only over these: mail, ntfy, discord, slack, gotify, json.", AllowMultipleArgumentsPerToken = true, HelpName = "name",
    };

    private static int Show(Alert alert, IReadOnlyList<string> channels, bool json)
    {
        if (json)
        {
            Screen.WriteJson(alert, CliJson.Default.Alert);
        }
        else
        {
            Console.Out.WriteLine($"Would be sent over {string.Join(", ", channels)}:\n{AlertCenter.SubjectOf(alert)}\n\n{AlertCenter.TextOf(alert)}\nNothing was sent.");
        }

        return (int)ExitCode.Succeeded;
    }

    private static int Write(AlertRecord record, bool json)
    {
        if (json)
        {
            Screen.WriteJson(record, CliJson.Default.AlertRecord);
        }
        else
        {
            foreach (AlertDelivery delivery in record.Deliveries.Where(one => one.Status == DeliveryStatus.Delivered))
                Console.Out.WriteLine($"{delivery.Channel}: delivered to {delivery.Message}");
        }

        WriteTroubles(record);
        return record.IsDelivered ? (int)ExitCode.Succeeded : (int)ExitCode.Failed;
    }

    /// <summary>Says on standard error what did not arrive, and why.</summary>
    internal static void WriteTroubles(AlertRecord record)
    {
        foreach (AlertDelivery delivery in record.Deliveries.Where(one => one.Status == DeliveryStatus.Failed))
            Screen.WriteTrouble($"{delivery.Channel}: {delivery.Message}", delivery.Advice);
    }
}
