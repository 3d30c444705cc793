using System.CommandLine;
using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Security.Audit;

namespace RePlexOn.Cli;

/// <summary>The options that choose among the checks of the audit.</summary>
internal sealed class AuditChoice
{
    private readonly SharedOptions _shared;

    private readonly Option<string[]> _ids = new("--id")
    {
        Description = "Only checks with these ids; * and ? are wildcards.", HelpName = "id", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _categories = new("--category")
    {
        Description = $"Only checks of these categories: {string.Join(", ", SecurityAudit.Categories)}.", HelpName = "category", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<CheckSeverity> _least = new("--minimum-severity") { Description = "Leave out what is less grave.", HelpName = "severity" };

    private readonly Option<string?> _dataDirectory = new("--data-dir")
    {
        Description = "The Plex data directory, in place of the configured one.", HelpName = "folder",
    };

    /// <summary>Adds the options to a command.</summary>
    public AuditChoice(Command command)
    {
        command.Add(_ids);
        command.Add(_categories);
        command.Add(_least);
        command.Add(_dataDirectory);
        _shared = new SharedOptions(command);
    }

    /// <summary>Whether JSON is asked for.</summary>
    public bool Json(ParseResult parsed) => _shared.Json(parsed);

    /// <summary>What was chosen.</summary>
    public SecurityAuditOptions Read(ParseResult parsed)
    {
        ConfigurationOverrides overrides = _shared.Overrides(parsed);
        return new SecurityAuditOptions
        {
            ConfigurationPath = _shared.ConfigurationPath(parsed),
            Overrides = overrides with { Source = SharedOptions.FullPath(parsed.GetValue(_dataDirectory)) },
            Ids = parsed.GetValue(_ids) ?? [],
            Categories = parsed.GetValue(_categories) ?? [],
            MinimumSeverity = parsed.GetValue(_least),
        };
    }
}
