using System.CommandLine;
using RePlexOn.Configuration;
using RePlexOn.Security.AccessLog;

namespace RePlexOn.Cli;

/// <summary>The options that say which logs are looked at, and what part of them.</summary>
internal sealed class LogChoice
{
    private readonly Option<string[]> _logs = new("--log") { Description = "Logs to read, in place of the server's.", HelpName = "file", AllowMultipleArgumentsPerToken = true };
    private readonly Option<DateTimeOffset?> _after = new("--after") { Description = "Only what came at this moment or later.", HelpName = "time" };
    private readonly Option<DateTimeOffset?> _before = new("--before") { Description = "Only what came before this moment.", HelpName = "time" };
    private readonly SharedOptions _shared;

    /// <summary>Adds the options to a command, and those that every command has.</summary>
    public LogChoice(Command command)
    {
        command.Add(_logs);
        command.Add(_after);
        command.Add(_before);
        _shared = new SharedOptions(command);
    }

    /// <inheritdoc cref="SharedOptions.Json" />
    public bool Json(ParseResult parsed) => _shared.Json(parsed);

    /// <inheritdoc cref="SharedOptions.Load" />
    public RePlexOnConfiguration Load(ParseResult parsed) => _shared.Load(parsed);

    /// <summary>What the options ask for.</summary>
    public AccessQuery Query(ParseResult parsed) => new()
    {
        Paths = [.. (parsed.GetValue(_logs) ?? []).Select(Path.GetFullPath)],
        After = parsed.GetValue(_after),
        Before = parsed.GetValue(_before),
    };
}
