using System.CommandLine;
using RePlexOn.Configuration;

namespace RePlexOn.Cli;

/// <summary>The options that every command has, and what they say.</summary>
internal sealed class SharedOptions
{
    private const string JsonName = "--json";

    private readonly Option<string?> _configuration = new("--config")
    {
        Description = "Configuration file, in place of the one found by itself.",
        HelpName = "file",
    };

    private readonly Option<string?> _stateDirectory = new("--state-dir")
    {
        Description = "Where history, lock and index lie, in place of the configured folder.",
        HelpName = "folder",
    };

    private readonly Option<bool> _json = new(JsonName) { Description = "Print JSON, for programs." };

    /// <summary>Adds the options to a command.</summary>
    public SharedOptions(Command command)
    {
        command.Add(_configuration);
        command.Add(_stateDirectory);
        command.Add(_json);
    }

    /// <summary>The configuration file as a full path; null for the one found by itself.</summary>
    public string? ConfigurationPath(ParseResult parsed) => FullPath(parsed.GetValue(_configuration));

    /// <summary>Whether JSON is asked for.</summary>
    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Whether JSON is asked for, of whatever command.</summary>
    public static bool AsksForJson(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.OfType<Option<bool>>().FirstOrDefault(option => option.Name == JsonName) is { } json
        && parsed.GetValue(json);

    /// <summary>The single values given on the command line.</summary>
    public ConfigurationOverrides Overrides(ParseResult parsed) => new()
    {
        StateDirectory = FullPath(parsed.GetValue(_stateDirectory)),
    };

    /// <summary>The configuration with the options in it.</summary>
    public RePlexOnConfiguration Load(ParseResult parsed) =>
        Overrides(parsed).ApplyTo(new ConfigurationStore().Load(ConfigurationPath(parsed)));

    /// <summary>A path against the current folder; null stays null.</summary>
    public static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);
}
