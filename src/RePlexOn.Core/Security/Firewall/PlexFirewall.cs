using RePlexOn.Configuration;
using RePlexOn.Files;

namespace RePlexOn.Security.Firewall;

/// <summary>
/// The firewall of the Plex server's port: limits, a country rule and blocked addresses, in one table of their own beside
/// whatever else there is. Each change is put in at once or not at all, and kept over a start of the machine.
/// </summary>
/// <param name="configuration">Which ports to guard, and whom to leave alone.</param>
/// <param name="time">The clock.</param>
public sealed class PlexFirewall(RePlexOnConfiguration configuration, TimeProvider time)
{
    private readonly FirewallFiles _files = new("/etc");
    private readonly FirewallPrograms _programs = new();
    private readonly FirewallUnit _unit = new();
    private readonly MachineAddresses _machine = MachineAddresses.Read();

    /// <summary>What the firewall does.</summary>
    /// <exception cref="RePlexOnException"><c>FirewallNeedsRoot</c>, <c>FirewallFileUnreadable</c>, <c>FirewallToolMissing</c>.</exception>
    public async Task<FirewallStatus> ReadAsync(CancellationToken cancellationToken)
    {
        RequireRoot();
        if (_files.Load() is not { } rules) return new FirewallStatus();
        IFirewallTool tool = _programs.Find(rules.Tool, time);
        return FirewallStatus.Of(rules.At(time.GetUtcNow()), await tool.ReadAsync(cancellationToken), _files.AreKept);
    }

    /// <summary>Limits how often one address may knock, in place of the limit that there is.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="dryRun">Show what would be done, and change nothing.</param>
    /// <param name="cancellationToken">Ends it before the change.</param>
    /// <exception cref="RePlexOnException">It was not done, and all is as before.</exception>
    public Task<FirewallChange> SetRateLimitAsync(FirewallRateLimit limit, bool dryRun, CancellationToken cancellationToken)
    {
        limit.Check();
        return ChangeAsync(rules => rules with { RateLimit = limit }, [], dryRun, cancellationToken);
    }

    /// <summary>Takes the limit away; where there is none, nothing is changed.</summary>
    /// <inheritdoc cref="SetRateLimitAsync"/>
    public Task<FirewallChange> RemoveRateLimitAsync(bool dryRun, CancellationToken cancellationToken) =>
        ChangeAsync(rules => rules with { RateLimit = null }, [], dryRun, cancellationToken);

    /// <summary>Lets only some countries connect, or all but some, in place of the country rule that there is.</summary>
    /// <param name="options">Which.</param>
    /// <param name="dryRun">Show what would be done, and change nothing.</param>
    /// <param name="cancellationToken">Ends it before the change.</param>
    /// <inheritdoc cref="SetRateLimitAsync" path="/exception"/>
    public Task<FirewallChange> SetCountryRuleAsync(CountryRuleOptions options, bool dryRun, CancellationToken cancellationToken)
    {
        string[] countries = [.. options.Countries.Select(CountryCode.Parse).Distinct().Order()];
        CountryNetworks found = CountryNetworks.Read(options.Lists, countries, cancellationToken);
        var rule = new FirewallCountryRule
        {
            Mode = options.Mode, Countries = countries, Networks = found.Networks.ToTexts(), Lists = options.Lists, ListsDate = found.ListsDate,
        };
        return ChangeAsync(rules => rules with { CountryRule = rule }, CountryNotes.Of(options, found.Networks), dryRun, cancellationToken);
    }

    /// <summary>Takes the country rule away; where there is none, nothing is changed.</summary>
    /// <inheritdoc cref="SetRateLimitAsync"/>
    public Task<FirewallChange> RemoveCountryRuleAsync(bool dryRun, CancellationToken cancellationToken) =>
        ChangeAsync(rules => rules with { CountryRule = null }, [], dryRun, cancellationToken);

    /// <summary>Blocks addresses: also what they have open is cut. One that is blocked already is blocked anew.</summary>
    /// <param name="options">Whom.</param>
    /// <param name="dryRun">Show what would be done, and change nothing.</param>
    /// <param name="cancellationToken">Ends it before the change.</param>
    /// <inheritdoc cref="SetRateLimitAsync" path="/exception"/>
    public Task<FirewallChange> BlockAsync(BlockOptions options, bool dryRun, CancellationToken cancellationToken)
    {
        if (options.Duration is { } duration && (duration < TimeSpan.FromSeconds(1) || duration > TimeSpan.FromDays(3650)))
            throw new RePlexOnException("BlockDurationInvalid", ExitCode.Usage, $"{duration} is no time to block for.", "Give a second to ten years, or nothing for until it is taken back.");

        AddressRange[] units = [.. options.Addresses.Select(BlockedAddress.Unit).Distinct()];
        var protection = new ProtectedAddresses(new GuardedNetworks(configuration, _machine), _machine, SshClient.Find());
        var notes = new List<string>();
        foreach (AddressRange unit in units)
        {
            if (protection.WhatIs(unit) is not { } what) continue;
            if (!options.Force)
                throw new RePlexOnException("AddressProtected", ExitCode.Usage, $"{unit} is {what}; nothing was blocked.", "Look whether it is the right address. If it is, force it.");
            notes.Add($"{unit} is {what}, and is blocked since it was forced.");
        }

        DateTimeOffset now = WholeSecond(time.GetUtcNow());
        IEnumerable<BlockedAddress> blocks = units.Select(unit => new BlockedAddress
        {
            Address = unit.ToString(), BlockedAt = now, ExpiresAt = now + options.Duration, Reason = options.Reason,
        });
        return ChangeAsync(
            rules => rules with { Blocked = [.. rules.Blocked.Where(one => !units.Contains(one.Range)), .. blocks] }, notes, dryRun, cancellationToken);
    }

    /// <summary>Lets addresses connect again; for one that is not blocked, a note says so.</summary>
    /// <param name="addresses">IP addresses; none for all that are blocked.</param>
    /// <param name="dryRun">Show what would be done, and change nothing.</param>
    /// <param name="cancellationToken">Ends it before the change.</param>
    /// <inheritdoc cref="SetRateLimitAsync" path="/exception"/>
    public Task<FirewallChange> UnblockAsync(IReadOnlyList<string> addresses, bool dryRun, CancellationToken cancellationToken)
    {
        AddressRange[] units = [.. addresses.Select(BlockedAddress.Unit).Distinct()];
        var notes = new List<string>();
        return ChangeAsync(
            rules =>
            {
                notes.AddRange(units.Where(unit => rules.Blocked.All(one => one.Range != unit)).Select(unit => $"{unit} is not blocked."));
                return rules with { Blocked = [.. rules.Blocked.Where(one => units.Length > 0 && !units.Contains(one.Range))] };
            },
            notes, dryRun, cancellationToken);
    }

    /// <summary>Takes all rules away.</summary>
    /// <inheritdoc cref="SetRateLimitAsync"/>
    public Task<FirewallChange> RemoveAllAsync(bool dryRun, CancellationToken cancellationToken) =>
        ChangeAsync(rules => rules with { RateLimit = null, CountryRule = null, Blocked = [] }, [], dryRun, cancellationToken);

    private async Task<FirewallChange> ChangeAsync(
        Func<FirewallRules, FirewallRules> edit, IReadOnlyList<string> notes, bool dryRun, CancellationToken cancellationToken)
    {
        RequireRoot();
        using FileLock? held = dryRun ? null : await FirewallLock.TakeAsync(time, cancellationToken);
        FirewallRules? before = _files.Load(), inForce = before?.At(time.GetUtcNow());
        IFirewallTool tool = _programs.Find(before?.Tool, time);
        var networks = new GuardedNetworks(configuration, _machine);
        FirewallRules after = edit(new FirewallRules
        {
            Ports = networks.Ports,
            Tool = tool.Kind,
            Exempt = networks.Exempt.ToTexts(),
            RateLimit = inForce?.RateLimit,
            CountryRule = inForce?.CountryRule,
            Blocked = inForce?.Blocked ?? [],
        });

        if (!dryRun) await new FirewallInstallation(_files, _unit, tool).PutAsync(inForce, after, cancellationToken);
        bool changed = before is null ? !after.IsEmpty : !before.ToJson().AsSpan().SequenceEqual(after.ToJson());
        return new(
            changed, FirewallStatus.Of(after, await tool.ReadAsync(cancellationToken), _files.AreKept), after.IsEmpty ? "" : tool.Show(after), [.. notes]);
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeSeconds(moment.ToUnixTimeSeconds());

    private static void RequireRoot()
    {
        if (Environment.IsPrivilegedProcess) return;
        throw new RePlexOnException(
            "FirewallNeedsRoot", ExitCode.Failed, "Only root may look at the firewall, or change it.", "Run this with sudo. Nothing was changed.");
    }
}
