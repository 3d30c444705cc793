using System.Management.Automation;
using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Security.Audit;

namespace RePlexOn.Cmdlets.Audit;

/// <summary>A cmdlet that chooses among the checks of the audit.</summary>
public abstract class AuditCommand : ConfiguredCommand
{
    /// <summary>Only checks with these ids; * and ? stand for any text and any character.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AuditNameCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Only checks of these categories; * and ? stand for any text and any character.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AuditNameCompleter))]
    public string[] Category { get; set; } = [];

    /// <summary>Leave out what is less grave.</summary>
    [Parameter]
    public CheckSeverity MinimumSeverity { get; set; }

    /// <summary>The Plex data directory, in place of the configured one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DataDirectory { get; set; }

    private protected override ConfigurationOverrides Overrides => base.Overrides with { Source = Resolve(DataDirectory) };

    /// <summary>What was chosen.</summary>
    private protected SecurityAuditOptions Chosen => new()
    {
        ConfigurationPath = ResolvedConfigurationPath,
        Overrides = Overrides,
        Ids = Id,
        Categories = Category,
        MinimumSeverity = MinimumSeverity,
    };
}
