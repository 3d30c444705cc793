using System.Collections;

namespace RePlexOn.Configuration;

/// <summary>Who runs the program, as far as it decides where files are.</summary>
/// <param name="IsRoot">Whether the process runs as root.</param>
/// <param name="HomeDirectory">What <c>~</c> stands for.</param>
/// <param name="Variables">The environment variables.</param>
public sealed record UserEnvironment(bool IsRoot, string HomeDirectory, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>Name of the variable that says where the configuration file is.</summary>
    public const string ConfigurationVariable = "REPLEXON_CONFIG";

    /// <summary>The environment of this process.</summary>
    public static UserEnvironment Current()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return new UserEnvironment(
            Environment.IsPrivilegedProcess,
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            variables);
    }

    /// <summary>The configuration file the environment asks for; null when it does not.</summary>
    public string? ConfigurationPathAskedFor =>
        Variables.GetValueOrDefault(ConfigurationVariable) is { Length: > 0 } path ? path : null;

    /// <summary>Where the configuration file is when nobody says otherwise.</summary>
    public string DefaultConfigurationPath => IsRoot
        ? "/etc/replexon/replexon.json"
        : Path.Combine(BaseDirectory("XDG_CONFIG_HOME", ".config"), "replexon", "replexon.json");

    /// <summary>Where state is kept when nobody says otherwise.</summary>
    public string DefaultStateDirectory => IsRoot
        ? "/var/lib/replexon"
        : Path.Combine(BaseDirectory("XDG_STATE_HOME", ".local/state"), "replexon");

    /// <summary>The path with a leading <c>~/</c> resolved and without a slash at its end.</summary>
    public string Expand(string path) => Path.TrimEndingDirectorySeparator(
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal) ? HomeDirectory + path[1..] : path);

    // The XDG base directory specification: a relative path in such a variable is to be ignored.
    private string BaseDirectory(string variable, string below) =>
        Variables.GetValueOrDefault(variable) is { } path && path.StartsWith('/')
            ? path
            : Path.Combine(HomeDirectory, below);
}
