using System.Text;
using System.Text.Json;
using RePlexOn.Processes;

namespace RePlexOn.Security.Audit;

/// <summary>Looks at the packet filter by <c>nft</c>, which shows the rules of ufw, firewalld and iptables too; changes nothing.</summary>
internal static class FirewallReader
{
    /// <summary>Looks.</summary>
    public static async Task<FirewallView> ReadAsync(CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        try
        {
            var call = new ProgramCall
            {
                Program = "nft",
                Arguments = ["-j", "list", "ruleset"],
                Environment = new Dictionary<string, string> { ["LC_ALL"] = "C" },
            };
            ProgramResult result = await new ProgramRunner().RunAsync(call, output, cancellationToken);
            if (result.ExitCode != 0)
            {
                return new FirewallView
                {
                    WhyNot = $"nft does not show the rules of the firewall: {FirstLine(result.ErrorText)}", Advice = "Run the audit as root.",
                };
            }
        }
        catch (RePlexOnException missing) when (missing.ErrorId == "ProgramMissing")
        {
            return new FirewallView { WhyNot = missing.Message, Advice = missing.Advice };
        }

        return Read(Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length));
    }

    /// <summary>Reads what <c>nft -j list ruleset</c> printed.</summary>
    public static FirewallView Read(string json)
    {
        try
        {
            var rules = NftListing.Parse(json);
            return new FirewallView
            {
                GuardOfIPv4 = rules.FindGuard("ip"),
                GuardOfIPv6 = rules.FindGuard("ip6"),
                LimitOfPlex = rules.FindLimit(PlexPorts.Main),
                PublishedPast = rules.FindForwarding(PlexPorts.Main),
            };
        }
        catch (Exception trouble) when (trouble is JsonException or InvalidOperationException)
        {
            return new FirewallView { WhyNot = "What nft printed of the rules of the firewall cannot be understood." };
        }
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0] is { Length: > 0 } line ? line : "it gives no reason.";
}
