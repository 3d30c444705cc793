using System.Management.Automation;
using RePlexOn.Configuration;

namespace RePlexOn.Cmdlets;

/// <summary>A cmdlet that reads the configuration; the two parameters that say which.</summary>
public abstract class ConfiguredCommand : CoreCommand
{
    /// <summary>The configuration file, in place of the one found by itself.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationPath { get; set; }

    /// <summary>Where history, lock and index lie, in place of the configured folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StateDirectory { get; set; }

    /// <summary>The configuration file as a full path; null for the one found by itself.</summary>
    private protected string? ResolvedConfigurationPath => Resolve(ConfigurationPath);

    /// <summary>The single values given as parameters.</summary>
    private protected virtual ConfigurationOverrides Overrides => new() { StateDirectory = Resolve(StateDirectory) };

    /// <summary>The configuration with the parameters in it.</summary>
    private protected RePlexOnConfiguration LoadConfiguration() =>
        Overrides.ApplyTo(new ConfigurationStore().Load(ResolvedConfigurationPath));

    /// <summary>A path against PowerShell's current location, which is not the process's.</summary>
    private protected string? Resolve(string? path) =>
        path is null ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
}
