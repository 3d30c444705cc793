namespace RePlexOn.Security.Firewall;

/// <summary>The words that the kernel's log shows, and bounds that both kinds of rule sets have.</summary>
internal static class FirewallText
{
    /// <summary>What stands at the head of each file.</summary>
    public const string Heading = "# Made by RePlexOn; `replexon firewall remove all` takes it away. Changes by hand are lost.";

    /// <summary>Lines in the kernel's log for each kind of refusal: not more a minute, however many are refused.</summary>
    public const int LogPerMinute = 10;

    /// <summary>How many addresses are counted at the same time; one more is not limited.</summary>
    public const int MostCounted = 65_535;

    /// <summary>The word before a line of the kernel's log.</summary>
    public static string LogPrefix(Refusal refusal) => $"replexon-{refusal.ToString().ToLowerInvariant()}: ";
}
