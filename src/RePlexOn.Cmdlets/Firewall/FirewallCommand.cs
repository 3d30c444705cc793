using System.Management.Automation;
using RePlexOn.Configuration;
using RePlexOn.Security.Firewall;

namespace RePlexOn.Cmdlets.Firewall;

/// <summary>A cmdlet that looks at the firewall, or changes it.</summary>
public abstract class FirewallCommand : ConfigurationCommand
{
    /// <summary>How the firewall stands.</summary>
    private protected FirewallStatus ReadStatus() => Ask((firewall, token) => firewall.ReadAsync(token));

    /// <summary>Changes the firewall, if it may; with -WhatIf the rules are written as the kernel would get them.</summary>
    /// <param name="action">What is done, for the question.</param>
    /// <param name="change">Does it; the second argument is whether it is a preview.</param>
    /// <returns>How the firewall stands then; null where it was not changed.</returns>
    private protected FirewallStatus? Change(string action, Func<PlexFirewall, bool, CancellationToken, Task<FirewallChange>> change)
    {
        FirewallChange result = Ask((firewall, token) => change(firewall, true, token));
        bool goesOn = ShouldProcess("the firewall of this machine", action);
        if (goesOn) result = Ask((firewall, token) => change(firewall, false, token));
        else if (IsWhatIf && result.Ruleset.Length > 0) WriteObject(result.Ruleset);
        foreach (string note in result.Notes) WriteWarning(note);
        return goesOn ? result.Status : null;
    }

    private TResult Ask<TResult>(Func<PlexFirewall, CancellationToken, Task<TResult>> work)
    {
        var firewall = new PlexFirewall(new ConfigurationStore().Load(ResolvedConfigurationPath), TimeProvider.System);
        return Await<string, TResult>(step => new ProgressRecord(1, "Firewall", step), (_, token) => work(firewall, token));
    }
}
