using System.CommandLine;
using RePlexOn.Security.Firewall;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon firewall</c></summary>
internal static class FirewallCommand
{
    public static Command Create() => new("firewall", "Limit how often an address may connect to Plex, from which countries, and block addresses.")
    {
        CreateShow(),
        CreateLimit(),
        FirewallCountryCommand.Create(),
        FirewallBlockCommand.CreateBlock(),
        FirewallBlockCommand.CreateUnblock(),
        CreateRemove(),
    };

    private static CommandWithExamples CreateShow()
    {
        var command = new CommandWithExamples(
            "show", "Show the limits, the country rule, the blocked addresses, and what was refused.",
            "replexon firewall show",
            "replexon firewall show --json");
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            FirewallStatus status = await Firewall(shared, parsed).ReadAsync(token);
            if (shared.Json(parsed)) Screen.WriteJson(status, CliJson.Default.FirewallStatus);
            else FirewallScreen.Write(status);
            return (int)ExitCode.Succeeded;
        });
        return command;
    }

    private static CommandWithExamples CreateLimit()
    {
        var usual = new FirewallRateLimit();
        Option<int> perMinute = Number("--per-minute", "New connections a minute from one address, in the long run.", usual.PerMinute);
        Option<int> burst = Number("--burst", "New connections at once, before the limit by the minute holds.", usual.Burst);
        Option<int> concurrent = Number("--concurrent", "Connections that one address may have open; those that are open stay.", usual.Concurrent);
        Option<bool> dryRun = DryRun();
        var command = new CommandWithExamples(
            "limit", "Limit how often one address may connect. The LAN is free, and what plays goes on.",
            "replexon firewall limit --dry-run",
            "replexon firewall limit",
            "replexon firewall limit --per-minute 120 --burst 60 --concurrent 40")
        {
            perMinute, burst, concurrent, dryRun,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            var limit = new FirewallRateLimit
            {
                PerMinute = parsed.GetValue(perMinute), Burst = parsed.GetValue(burst), Concurrent = parsed.GetValue(concurrent),
            };
            bool isDryRun = parsed.GetValue(dryRun);
            return FirewallScreen.Write(
                await Firewall(shared, parsed).SetRateLimitAsync(limit, isDryRun, token), isDryRun, shared.Json(parsed));
        });
        return command;
    }

    private static CommandWithExamples CreateRemove()
    {
        Argument<string> what = new Argument<string>("what") { Description = "limit, country, blocks, or all of them." }
            .AcceptOnlyFromAmong("limit", "country", "blocks", "all");
        Option<bool> dryRun = DryRun();
        var command = new CommandWithExamples(
            "remove", "Take rules away again; with the last of them, all that was ever put in.",
            "replexon firewall remove limit",
            "replexon firewall remove all --dry-run")
        {
            what, dryRun,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            bool isDryRun = parsed.GetValue(dryRun);
            PlexFirewall firewall = Firewall(shared, parsed);
            FirewallChange change = parsed.GetRequiredValue(what) switch
            {
                "limit" => await firewall.RemoveRateLimitAsync(isDryRun, token),
                "country" => await firewall.RemoveCountryRuleAsync(isDryRun, token),
                "blocks" => await firewall.UnblockAsync([], isDryRun, token),
                _ => await firewall.RemoveAllAsync(isDryRun, token),
            };
            return FirewallScreen.Write(change, isDryRun, shared.Json(parsed));
        });
        return command;
    }

    /// <summary>The firewall, with the settings of the configuration.</summary>
    public static PlexFirewall Firewall(SharedOptions shared, ParseResult parsed) => new(shared.Load(parsed), TimeProvider.System);

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Print the rules as the kernel would get them; change nothing." };

    private static Option<int> Number(string name, string description, int usual) =>
        new(name) { Description = description, HelpName = "number", DefaultValueFactory = _ => usual };
}
