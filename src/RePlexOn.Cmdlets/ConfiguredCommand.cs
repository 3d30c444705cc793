using System.Management.Automation;
using RePlexOn.Configuration;

namespace RePlexOn.Cmdlets;

/// <summary>A cmdlet that works with what is configured, with single values of it as parameters.</summary>
public abstract class ConfiguredCommand : ConfigurationCommand
{
    /// <summary>Where history, lock and index lie, in place of the configured folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StateDirectory { get; set; }

    /// <summary>The single values given as parameters.</summary>
    private protected virtual ConfigurationOverrides Overrides => new() { StateDirectory = Resolve(StateDirectory) };

    /// <summary>The configuration with the parameters in it.</summary>
    private protected RePlexOnConfiguration LoadConfiguration() =>
        Overrides.ApplyTo(new ConfigurationStore().Load(ResolvedConfigurationPath));
}
