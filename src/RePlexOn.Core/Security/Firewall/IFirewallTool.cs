namespace RePlexOn.Security.Firewall;

/// <summary>Puts rules into the kernel, and takes them out.</summary>
internal interface IFirewallTool
{
    /// <summary>Which one it is.</summary>
    FirewallToolKind Kind { get; }

    /// <summary>The files to load at the start of the machine, by their names.</summary>
    IReadOnlyDictionary<string, string> BootFiles(FirewallRules rules);

    /// <summary>The commands that systemd runs to load them.</summary>
    /// <param name="folder">Where the files are.</param>
    FirewallBootCommands BootCommands(string folder);

    /// <summary>The rules as the kernel gets them, for people.</summary>
    string Show(FirewallRules rules);

    /// <summary>Has the kernel check the rules, and changes nothing.</summary>
    /// <exception cref="RePlexOnException"><c>FirewallRefused</c>: the kernel would not take them.</exception>
    Task CheckAsync(FirewallRules rules, CancellationToken cancellationToken);

    /// <summary>Puts the rules in the place of those that are there, at once or not at all.</summary>
    /// <exception cref="RePlexOnException"><c>FirewallRefused</c>: the kernel did not take them.</exception>
    Task ApplyAsync(FirewallRules rules, CancellationToken cancellationToken);

    /// <summary>Takes the rules away, if they are there.</summary>
    /// <inheritdoc cref="ApplyAsync" path="/exception"/>
    Task RemoveAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Changes which addresses are blocked and nothing else, so that no limit begins to count anew.
    /// </summary>
    /// <returns>False where that cannot be done: the rules have to be put in anew.</returns>
    Task<bool> TryChangeBlocksAsync(IReadOnlyList<BlockedAddress> gone, IReadOnlyList<BlockedAddress> come, CancellationToken cancellationToken);

    /// <summary>What the rules that are in the kernel refused; null where they are not there.</summary>
    Task<FirewallCounts?> ReadAsync(CancellationToken cancellationToken);
}
