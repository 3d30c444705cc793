using System.Management.Automation;
using RePlexOn.Configuration;

namespace RePlexOn.Cmdlets;

/// <summary>A cmdlet that looks into the Plex data directory.</summary>
public abstract class SourceCommand : ConfiguredCommand
{
    /// <summary>The Plex data directory, in place of the configured one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    private protected override ConfigurationOverrides Overrides => base.Overrides with { Source = Resolve(Source) };
}
