using System.Management.Automation;

namespace RePlexOn.Cmdlets;

/// <summary>A cmdlet that reads or changes the configuration file.</summary>
public abstract class ConfigurationCommand : CoreCommand
{
    /// <summary>The configuration file, in place of the one found by itself.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationPath { get; set; }

    /// <summary>The configuration file as a full path; null for the one found by itself.</summary>
    private protected string? ResolvedConfigurationPath => Resolve(ConfigurationPath);

    private protected override object? TargetOfErrors => ResolvedConfigurationPath;

    /// <summary>A path against PowerShell's current location, which is not the process's.</summary>
    private protected string? Resolve(string? path) =>
        path is null ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>A target: one that begins with a dot is a path against the current location, any other stays as it is.</summary>
    private protected string? ResolveTarget(string? target) => target?.StartsWith('.') == true ? Resolve(target) : target;
}
