using System.Management.Automation;
using RePlexOn.Security.Fail2ban;

namespace RePlexOn.Cmdlets.Fail2ban;

/// <summary>A cmdlet about the jail in fail2ban.</summary>
public abstract class Fail2banCommand : ConfigurationCommand
{
    /// <summary>Where fail2ban's configuration is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Fail2banPath { get; set; } = new Fail2banOptions().Folder;

    private protected string Folder => Resolve(Fail2banPath)!;

    private protected override object? TargetOfErrors => Folder;
}
