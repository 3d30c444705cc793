namespace RePlexOn.Targets;

/// <summary>What <c>ssh -G</c> tells of the settings for one machine: whether its connection can be shared.</summary>
internal sealed class SshSettings
{
    private readonly Dictionary<string, string> _settings = [];

    /// <summary>Whether a shared connection does all that a connection for each command does.</summary>
    public bool AllowSharing =>
        // OpenSSH 8.7: the settings that could keep a command from being run can be overruled; also the first command is not
        // held up any more by a master that keeps its standard error open.
        _settings.ContainsKey("sessiontype")
        // A command that may become a master throws away what the way through another machine has to say of a failure.
        && !IsSet("proxycommand") && !IsSet("proxyjump")
        // The user has logged in, and shares that connection.
        && !(IsSet("controlpath") && Path.Exists(_settings["controlpath"]));

    /// <summary>Takes a line of its output.</summary>
    public void Add(string line)
    {
        int space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0) _settings.TryAdd(line[..space], line[(space + 1)..]);
    }

    private bool IsSet(string key) => _settings.TryGetValue(key, out string? value) && value != "none";
}
