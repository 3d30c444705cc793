using System.Globalization;
using RePlexOn.Security.Firewall;

namespace RePlexOn.Cli;

/// <summary>Writes how the firewall stands, and what became of it.</summary>
internal static class FirewallScreen
{
    /// <summary>Writes what became of it, or would.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(FirewallChange change, bool isDryRun, bool json)
    {
        if (json)
        {
            Screen.WriteJson(change, CliJson.Default.FirewallChange);
            return (int)ExitCode.Succeeded;
        }

        if (isDryRun)
        {
            Console.Out.Write(change.Ruleset.Length > 0 ? change.Ruleset : "No rule would be left.\n");
            Console.Out.WriteLine("Nothing was changed.");
        }
        else
        {
            Console.Out.WriteLine(change.Changed ? "Done. Now:" : "The rules are as they were before:");
            Write(change.Status);
        }

        foreach (string note in change.Notes) Console.Error.WriteLine($"Note: {note}");
        return (int)ExitCode.Succeeded;
    }

    /// <summary>Writes how it stands.</summary>
    public static void Write(FirewallStatus status)
    {
        if (status.RateLimit is { } limit)
        {
            Screen.WriteFields(
                ("Limit", $"{limit.PerMinute} new connections a minute from one address, {limit.Burst} at once, {limit.Concurrent} open at a time"),
                ("Ports", string.Join(", ", limit.Ports)),
                ("Free", string.Join(", ", limit.Exempt)),
                ("Refused", limit.IsLoaded ? $"{limit.RefusedByRate} for too many a minute, {limit.RefusedByConcurrency} for too many open" : null));
        }

        if (status.CountryRule is { } rule)
        {
            Screen.WriteFields(
                ("Countries", $"{rule.Mode} {string.Join(", ", rule.Countries)}: {rule.IPv4Ranges} ranges of IPv4, {rule.IPv6Ranges} of IPv6"),
                ("Lists", $"{string.Join(", ", rule.Lists)}, of {Minute(rule.ListsDate)}"),
                ("Refused", rule.IsLoaded ? $"{rule.Refused}" : null));
        }

        foreach (BlockedAddress one in status.Blocked)
        {
            string until = one.ExpiresAt is { } end ? $"until {Minute(end)}" : "until it is taken back";
            Console.Out.WriteLine($"Blocked: {one.Address}, {until}{(one.Reason is null ? "" : $": {one.Reason}")}");
        }

        if (status is { RateLimit: null, CountryRule: null, Blocked.Count: 0 })
        {
            Console.Out.WriteLine("No rule. `replexon firewall limit` would limit how often an address may connect.");
            return;
        }

        if (!status.IsLoaded) Console.Out.WriteLine("The kernel does not have these rules: something else emptied them. Set one anew to put them all in.");
        Console.Out.WriteLine(status.IsKept ? "Kept over a restart of the machine." : "Not kept over a restart of the machine: there is no systemd here.");
    }

    private static string Minute(DateTimeOffset moment) => moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
