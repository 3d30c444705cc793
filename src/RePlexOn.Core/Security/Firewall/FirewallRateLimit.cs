namespace RePlexOn.Security.Firewall;

/// <summary>
/// How often one address may knock. An IPv4 address counts by itself; of IPv6, a network of 64 bits does, which is what
/// one household has.
/// </summary>
/// <remarks>
/// Five televisions behind one address, each with the six connections that apps and browsers keep, open some 30 at once and
/// again when they all start; a player that opens a connection for each few seconds of film makes about 30 a minute. The
/// defaults leave three times that, and still stop a machine that tries names or floods the port.
/// </remarks>
public sealed record FirewallRateLimit
{
    /// <summary>New connections a minute, in the long run.</summary>
    public int PerMinute { get; init; } = 300;

    /// <summary>New connections at once, before the limit by the minute holds.</summary>
    public int Burst { get; init; } = 100;

    /// <summary>Connections that may be open at the same time; a new one above them is refused, those that are open stay.</summary>
    public int Concurrent { get; init; } = 100;

    /// <exception cref="RePlexOnException"><c>FirewallLimitInvalid</c>: a number makes no sense.</exception>
    internal void Check()
    {
        // iptables counts no burst above 10,000, and kernels no rate finer than that.
        foreach ((string name, int value) in (ReadOnlySpan<(string, int)>)[("per minute", PerMinute), ("burst", Burst), ("concurrent", Concurrent)])
        {
            if (value is < 1 or > 10_000)
            {
                throw new RePlexOnException("FirewallLimitInvalid", ExitCode.Usage, $"The limit '{name}' is {value}.", "Choose a number from 1 to 10000.");
            }
        }
    }

    /// <summary>After how many seconds without a new connection an address has all of its burst again.</summary>
    internal int SecondsToForget => 60 + (int)Math.Ceiling(Burst * 60.0 / PerMinute);
}
