using System.Text;
using RePlexOn.Processes;

namespace RePlexOn.Security.Firewall;

/// <summary>Runs nft and the programs of iptables.</summary>
internal sealed class FirewallPrograms
{
    private readonly ProgramRunner _runner = new();

    /// <summary>
    /// What puts rules into the kernel here. nftables, else iptables; but the one that did it before, as long as it is there.
    /// </summary>
    /// <exception cref="RePlexOnException"><c>FirewallToolMissing</c>: there is neither.</exception>
    public IFirewallTool Find(FirewallToolKind? before, TimeProvider time)
    {
        bool hasNft = ProgramPath.TryFind("nft") is not null, hasIptables = ProgramPath.TryFind("iptables-restore") is not null;
        if (hasIptables && (before == FirewallToolKind.Iptables || !hasNft)) return new IptablesTool(this);
        if (hasNft) return new NftTool(this, time);
        throw new RePlexOnException(
            "FirewallToolMissing", ExitCode.Failed, "Neither nftables nor iptables is installed, so nothing can be limited or blocked here.",
            "Install nftables: apt install nftables (or your distribution's like). Nothing was changed.");
    }

    /// <summary>Where a program is.</summary>
    /// <exception cref="RePlexOnException"><c>ProgramMissing</c>: it is not installed.</exception>
    public static string PathOf(string program) => ProgramPath.Find(program);

    /// <summary>Runs a program that must end well.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="RePlexOnException"><c>FirewallRefused</c>: it did not.</exception>
    public async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        (ProgramResult result, string output) = await CallAsync(program, arguments, input, cancellationToken);
        if (result.ExitCode == 0) return output;
        string said = Shorten(result.ErrorText, result.ExitCode);
        throw new RePlexOnException(
            "FirewallRefused", ExitCode.Failed, $"{program} refused: {said}",
            said.Contains("ermi", StringComparison.Ordinal)
                ? "Run this as root on the host itself; a container may do it only with the capability NET_ADMIN. The rules are as they were before."
                : "The rules are as they were before. Look at `nft list ruleset` or `iptables-save`; a kernel without the modules that this needs says so here.");
    }

    /// <summary>Runs a program.</summary>
    /// <returns>What it wrote; null where it did not end well.</returns>
    public async Task<string?> TryAsync(string program, IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        (ProgramResult result, string output) = await CallAsync(program, arguments, input, cancellationToken);
        return result.ExitCode == 0 ? output : null;
    }

    // The first lines say it; what follows are marks below the text, and where to read on.
    private static string Shorten(string errors, int exitCode)
    {
        const int most = 300;
        string said = string.Join(' ', errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('^') && !line.StartsWith("Try ", StringComparison.Ordinal)).Take(3));
        return said.Length == 0 ? $"exit code {exitCode}." : said.Length > most ? said[..most] + "…" : said;
    }

    private async Task<(ProgramResult Result, string Output)> CallAsync(
        string program, IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var call = new ProgramCall
        {
            Program = program,
            Arguments = arguments,
            Environment = new Dictionary<string, string> { ["LC_ALL"] = "C" },
            WriteInput = async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(input), token),
        };
        ProgramResult result = await _runner.RunAsync(call, output, cancellationToken);
        return (result, Encoding.UTF8.GetString(output.ToArray()));
    }
}
