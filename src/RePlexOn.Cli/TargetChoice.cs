using System.CommandLine;
using RePlexOn.Configuration;

namespace RePlexOn.Cli;

/// <summary>The options that name a target in place of the configured one.</summary>
internal sealed class TargetChoice
{
    private readonly Option<string?> _target = new("--target")
    {
        Description = "Where the backups are, in place of the configured target.",
        HelpName = "target",
    };

    private readonly Option<string?> _passwordFile = new("--password-file")
    {
        Description = "File that holds the rsync daemon's password.",
        HelpName = "file",
    };

    private readonly SharedOptions _shared;

    /// <summary>Adds the options to a command, and those that every command has.</summary>
    public TargetChoice(Command command)
    {
        command.Add(_target);
        command.Add(_passwordFile);
        _shared = new SharedOptions(command);
    }

    /// <inheritdoc cref="SharedOptions.Json" />
    public bool Json(ParseResult parsed) => _shared.Json(parsed);

    /// <inheritdoc cref="SharedOptions.ConfigurationPath" />
    public string? ConfigurationPath(ParseResult parsed) => _shared.ConfigurationPath(parsed);

    /// <inheritdoc cref="SharedOptions.Overrides" />
    public ConfigurationOverrides Overrides(ParseResult parsed) => _shared.Overrides(parsed) with
    {
        Target = parsed.GetValue(_target),
        PasswordFile = SharedOptions.FullPath(parsed.GetValue(_passwordFile)),
    };

    /// <inheritdoc cref="SharedOptions.Load" />
    public RePlexOnConfiguration Load(ParseResult parsed) =>
        Overrides(parsed).ApplyTo(new ConfigurationStore().Load(ConfigurationPath(parsed)));
}
