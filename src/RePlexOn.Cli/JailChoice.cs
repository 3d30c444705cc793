using System.CommandLine;
using RePlexOn.Configuration;
using RePlexOn.Security.Fail2ban;

namespace RePlexOn.Cli;

/// <summary>The options that say which fail2ban, which log, and how many refusals are too many.</summary>
internal sealed class JailChoice
{
    private readonly Option<string> _folder = new("--fail2ban-folder")
    {
        Description = "Where fail2ban's configuration is.", HelpName = "folder", DefaultValueFactory = _ => new Fail2banOptions().Folder,
    };

    private readonly Option<string?> _log = new("--log") { Description = "The server's log, in place of the one in the data directory.", HelpName = "file" };

    private readonly Option<int> _maxRetry = new("--max-retry")
    {
        Description = "How many refusals are too many.", HelpName = "number", DefaultValueFactory = _ => new Fail2banOptions().MaxRetry,
    };

    private readonly Option<int> _findTime = new("--find-time")
    {
        Description = "How long a refusal counts.", HelpName = "minutes", DefaultValueFactory = _ => (int)new Fail2banOptions().FindTime.TotalMinutes,
    };

    private readonly SharedOptions _shared;

    /// <summary>Adds the options to a command, and those that every command has.</summary>
    public JailChoice(Command command, bool withLimits)
    {
        command.Add(_folder);
        if (withLimits)
        {
            command.Add(_log);
            command.Add(_maxRetry);
            command.Add(_findTime);
            Positive(_maxRetry);
            Positive(_findTime);
        }

        _shared = new SharedOptions(command);
    }

    /// <summary>Refuses numbers below 1.</summary>
    public static void Positive(Option<int> option) => option.Validators.Add(result =>
    {
        if (result.GetValue(option) < 1) result.AddError($"{option.Name} must be 1 or more.");
    });

    /// <inheritdoc cref="SharedOptions.Json" />
    public bool Json(ParseResult parsed) => _shared.Json(parsed);

    /// <inheritdoc cref="SharedOptions.Load" />
    public RePlexOnConfiguration Load(ParseResult parsed) => _shared.Load(parsed);

    /// <summary>Where fail2ban's configuration is.</summary>
    public string Folder(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(_folder)!);

    /// <summary>The jail that is asked for.</summary>
    public Fail2banOptions Options(ParseResult parsed) => new()
    {
        Folder = Folder(parsed),
        LogPath = SharedOptions.FullPath(parsed.GetValue(_log)),
        MaxRetry = parsed.GetValue(_maxRetry),
        FindTime = TimeSpan.FromMinutes(parsed.GetValue(_findTime)),
    };
}
