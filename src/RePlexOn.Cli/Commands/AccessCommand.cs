using System.CommandLine;
using System.Globalization;
using RePlexOn.Security.AccessLog;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon access</c></summary>
internal static class AccessCommand
{
    public static Command Create() => new("access", "See who comes to the server, from its logs.")
    {
        CreateWatch(),
        CreateEvents(),
        CreateSuspicious(),
    };

    private static CommandWithExamples CreateWatch()
    {
        var once = new Option<bool>("--once") { Description = "Read what is new since the last time, and end: for timers." };
        var log = new Option<string?>("--log") { Description = "The log to follow, in place of the server's.", HelpName = "file" };
        var command = new CommandWithExamples(
            "watch", "Follow the server's log, and tell of each address that becomes suspicious. Each line counts once, over rotations and restarts.",
            "replexon access watch",
            "replexon access watch --once --json")
        {
            once, log,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            bool isOnce = parsed.GetValue(once), json = shared.Json(parsed), hasWarned = false;
            var options = new AccessWatchOptions { Path = SharedOptions.FullPath(parsed.GetValue(log)), Once = isOnce, Report = Report };
            var found = new List<SuspiciousAccess>();
            await foreach (SuspiciousAccess one in new AccessWatch(TimeProvider.System).RunAsync(shared.Load(parsed), options, token))
            {
                // Somebody who watches wants each as it comes; a timer's script wants one list.
                if (json && isOnce) found.Add(one);
                else if (json) Screen.WriteJson(one, CliJson.Default.SuspiciousAccess);
                else Write(one);
            }

            if (json && isOnce) Screen.WriteJson(found, CliJson.Default.IReadOnlyListSuspiciousAccess);
            return (int)(token.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Succeeded);

            void Report(AccessWatchProgress progress)
            {
                if (!progress.HasGap || hasWarned) return;
                hasWarned = true;
                Console.Error.WriteLine("Warning: Some lines of the log may have been lost before they were read: it was emptied, or rotated away too often. Watch it more often.");
            }
        });
        return command;
    }

    private static CommandWithExamples CreateEvents()
    {
        var address = new Option<string[]>("--address") { Description = "Only requests from these addresses.", AllowMultipleArgumentsPerToken = true };
        var status = new Option<int[]>("--status") { Description = "Only requests that were answered so.", AllowMultipleArgumentsPerToken = true, HelpName = "code" };
        var suspicious = new Option<bool>("--suspicious") { Description = "Only requests in which something is wrong." };
        var last = new Option<int>("--last") { Description = "At most this many, the newest.", DefaultValueFactory = _ => 50, HelpName = "number" };
        JailChoice.Positive(last);
        var command = new CommandWithExamples(
            "events", "List the requests that came to the server, the newest last.",
            "replexon access events",
            "replexon access events --status 401 403 --after 2026-11-22",
            "replexon access events --address 203.0.113.5 --last 1000 --json")
        {
            address, status, suspicious, last,
        };
        var choice = new LogChoice(command);
        command.SetAction((parsed, token) =>
        {
            AccessQuery query = choice.Query(parsed) with
            {
                Addresses = parsed.GetValue(address) ?? [],
                Statuses = parsed.GetValue(status) ?? [],
                OnlySuspicious = parsed.GetValue(suspicious),
                Last = parsed.GetValue(last),
            };
            AccessEvent[] events = [.. new AccessLogScan(TimeProvider.System).ReadEvents(choice.Load(parsed), query, token)];
            if (choice.Json(parsed)) Screen.WriteJson(events, CliJson.Default.IReadOnlyListAccessEvent);
            else Write(events);
            return Task.FromResult((int)ExitCode.Succeeded);
        });
        return command;
    }

    private static CommandWithExamples CreateSuspicious()
    {
        var recorded = new Option<bool>("--recorded") { Description = "Those that watches have found and kept, in place of a look at the logs as they are now." };
        var command = new CommandWithExamples(
            "suspicious", "List the addresses that did what no client of Plex does: why, how often, from when to when, and what to do.",
            "replexon access suspicious",
            "replexon access suspicious --recorded --after 2026-11-01",
            "replexon access suspicious --log '/srv/logs/Plex Media Server.log' --json")
        {
            recorded,
        };
        var choice = new LogChoice(command);
        command.SetAction((parsed, token) =>
        {
            AccessQuery query = choice.Query(parsed);
            IReadOnlyList<SuspiciousAccess> found;
            if (parsed.GetValue(recorded))
            {
                found = [.. new AccessWatch(TimeProvider.System).Recorded(choice.Load(parsed), query.After).Where(one => query.Before is null || one.FirstSeen < query.Before)];
            }
            else
            {
                AccessLogReport report = new AccessLogScan(TimeProvider.System).FindSuspicious(choice.Load(parsed), query, token);
                if (report.Warning is { } warning) Console.Error.WriteLine($"Warning: {warning}");
                found = report.Suspicious;
            }

            if (choice.Json(parsed)) Screen.WriteJson(found, CliJson.Default.IReadOnlyListSuspiciousAccess);
            else if (found.Count == 0) Console.Out.WriteLine("Nothing suspicious.");
            else foreach (SuspiciousAccess one in found) Write(one);
            return Task.FromResult((int)ExitCode.Succeeded);
        });
        return command;
    }

    private static void Write(SuspiciousAccess access)
    {
        string counts = string.Join(", ", access.Counts.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value}")));
        Console.Out.WriteLine($"{access.Address}: {counts}; {Moment(access.FirstSeen)} to {Moment(access.LastSeen)}");
        foreach (string example in access.Examples) Console.Out.WriteLine($"    {example}");
        Console.Out.WriteLine($"    {access.Advice}");
    }

    private static void Write(AccessEvent[] events)
    {
        if (events.Length == 0)
        {
            Console.Out.WriteLine("No requests.");
            return;
        }

        Screen.WriteTable(
            ["Time", "Address", "User", "Status", "Method", "URL"],
            events.Select(one => (string[])
            [
                Moment(one.Time), one.Address, one.User ?? "", one.Status?.ToString(CultureInfo.InvariantCulture) ?? "", one.Method,
                one.Reason is { } reason ? $"{one.Url} [{reason}]" : one.Url,
            ]));
    }

    private static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
