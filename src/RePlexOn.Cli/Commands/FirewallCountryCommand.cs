using System.CommandLine;
using RePlexOn.Security.Firewall;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon firewall country</c></summary>
internal static class FirewallCountryCommand
{
    public static CommandWithExamples Create()
    {
        var mode = new Argument<CountryRuleMode>("mode") { Description = "Allow: only these countries, and the LAN. Block: all but these." };
        var countries = new Argument<string[]>("countries")
        {
            Description = "Codes of two letters: DE, AT, CH.", Arity = ArgumentArity.OneOrMore,
        };
        var lists = new Option<string[]>("--list")
        {
            Description = "File of networks: one a line, ranges, or CSV of MaxMind, DB-IP or IP2Location. Several, for IPv4 and IPv6, one after the other.",
            HelpName = "file",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        Option<bool> dryRun = FirewallCommand.DryRun();
        var command = new CommandWithExamples(
            "country", "Let only some countries connect, or all but some, by lists that you have.",
            "replexon firewall country allow DE AT --list dbip-country-lite.csv",
            "replexon firewall country block RU --list ru.zone ru-ipv6.zone",
            "replexon firewall country allow GB --list GeoLite2-Country-*.csv --dry-run")
        {
            mode, countries, lists, dryRun,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            bool isDryRun = parsed.GetValue(dryRun);
            var options = new CountryRuleOptions
            {
                Mode = parsed.GetRequiredValue(mode),
                Countries = parsed.GetRequiredValue(countries),
                Lists = [.. parsed.GetRequiredValue(lists).Select(Path.GetFullPath)],
            };
            return FirewallScreen.Write(
                await FirewallCommand.Firewall(shared, parsed).SetCountryRuleAsync(options, isDryRun, token), isDryRun, shared.Json(parsed));
        });
        return command;
    }
}
