using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RePlexOn.Security.Firewall;

namespace RePlexOn.Cli.Commands;

/// <summary><c>replexon firewall block</c> and <c>unblock</c></summary>
internal static class FirewallBlockCommand
{
    public static CommandWithExamples CreateBlock()
    {
        Argument<string[]> addresses = Addresses("IP addresses; an IPv6 one stands for its network of 64 bits.");
        var duration = new Option<TimeSpan?>("--for")
        {
            Description = "For how long: 30m, 12h, 7d. Without it, until it is taken back.", HelpName = "time", CustomParser = ReadDuration,
        };
        var reason = new Option<string?>("--reason") { Description = "Why, for the list of blocked addresses.", HelpName = "text" };
        var force = new Option<bool>("--force") { Description = "Block what is protected too: the LAN, the gateway, a proxy, yourself." };
        Option<bool> dryRun = FirewallCommand.DryRun();
        var command = new CommandWithExamples(
            "block", "Let addresses connect to Plex no more. What they have open is cut.",
            "replexon firewall block 203.0.113.7 --for 24h",
            "replexon firewall block 203.0.113.7 2001:db8::7 --reason 'tries names'")
        {
            addresses, duration, reason, force, dryRun,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            bool isDryRun = parsed.GetValue(dryRun);
            var options = new BlockOptions
            {
                Addresses = parsed.GetRequiredValue(addresses),
                Duration = parsed.GetValue(duration),
                Reason = parsed.GetValue(reason),
                Force = parsed.GetValue(force),
            };
            return FirewallScreen.Write(
                await FirewallCommand.Firewall(shared, parsed).BlockAsync(options, isDryRun, token), isDryRun, shared.Json(parsed));
        });
        return command;
    }

    public static CommandWithExamples CreateUnblock()
    {
        Argument<string[]> addresses = Addresses("IP addresses.");
        Option<bool> dryRun = FirewallCommand.DryRun();
        var command = new CommandWithExamples(
            "unblock", "Let addresses connect again.", "replexon firewall unblock 203.0.113.7", "replexon firewall unblock 2001:db8::7 --dry-run")
        {
            addresses, dryRun,
        };
        var shared = new SharedOptions(command);
        command.SetAction(async (parsed, token) =>
        {
            bool isDryRun = parsed.GetValue(dryRun);
            return FirewallScreen.Write(
                await FirewallCommand.Firewall(shared, parsed).UnblockAsync(parsed.GetRequiredValue(addresses), isDryRun, token),
                isDryRun, shared.Json(parsed));
        });
        return command;
    }

    private static Argument<string[]> Addresses(string description) =>
        new("addresses") { Description = description, Arity = ArgumentArity.OneOrMore };

    private static TimeSpan? ReadDuration(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        double seconds = (text.Length > 0 ? text[^1] : ' ') switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
        if (seconds > 0 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number < 1e9)
            return TimeSpan.FromSeconds(number * seconds);
        result.AddError($"'{text}' is no time: write 30m, 12h or 7d.");
        return null;
    }
}
