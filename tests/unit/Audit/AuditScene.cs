using System.Text.Json;
using RePlexOn.Checks;
using RePlexOn.Security.Audit;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Audit;

/// <summary>A server's data directory, a configuration and a state directory of a test's own; as well closed as can be, until a test opens something.</summary>
internal sealed class AuditScene : IDisposable
{
    public const string Machine = "11111111-2222-3333-4444-555555555555";
    public const string Processed = "0123456789abcdef0123456789abcdef01234567";
    public const string Token = "never-show-this_Token4";

    /// <summary>Settings of a server that nothing is to be said against.</summary>
    public static readonly Dictionary<string, string> Closed = new()
    {
        ["MachineIdentifier"] = Machine,
        ["ProcessedMachineIdentifier"] = Processed,
        ["PlexOnlineToken"] = Token,
        ["secureConnections"] = "0",
        ["DisableTLSv1_0"] = "1",
        ["RelayEnabled"] = "0",
        ["GdmEnabled"] = "0",
        ["WebHooksEnabled"] = "0",
        ["sendCrashReports"] = "0",
        ["allowMediaDeletion"] = "0",
        ["autoEmptyTrash"] = "0",
    };

    private readonly ScratchFolder _folder = new();
    private readonly Dictionary<string, object> _settings = [];

    public AuditScene()
    {
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        Preferences(Closed);
        _folder.File("Plex Media Server/Plug-in Support/Databases/com.plexapp.plugins.library.db", "");
        _folder.File("Plex Media Server/Logs/Plex Media Server.log", "Feb 06, 2026 12:48:39.648 [1365] INFO - Plex Media Server v1.43.0.10467-2b1ba6e69 - Ubuntu\n");
        Mode("Plex Media Server", 0b111_101_000);
        Directory.CreateDirectory(State, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Set("source", Source);
        Set("stateDirectory", State);
        Set("audit", new { serverUrl = "http://127.0.0.1:1" });
    }

    public string Folder => _folder.Path;

    public string Source => _folder.At("Plex Media Server");

    public string State => _folder.At("state");

    public string Configuration => _folder.At("replexon.json");

    public string PreferencesFile => At("Preferences.xml");

    public string At(string relative) => Path.Combine(Source, relative);

    public string Beside(string relative) => _folder.At(relative);

    public string NewFile(string relative, string content = "x") => _folder.File(relative, content);

    public void Mode(string relative, int mode) => File.SetUnixFileMode(_folder.At(relative), (UnixFileMode)mode);

    public static int ModeOf(string path) => (int)File.GetUnixFileMode(path);

    public void Set(string key, object value)
    {
        _settings[key] = value;
        File.WriteAllText(Configuration, JsonSerializer.Serialize(_settings));
    }

    public void Skip(params string[] entries) => Set("audit", new { serverUrl = "http://127.0.0.1:1", skip = entries });

    public void Preferences(IEnumerable<KeyValuePair<string, string>> attributes)
    {
        string all = string.Join(' ', attributes.Select(one => $"{one.Key}=\"{System.Security.SecurityElement.Escape(one.Value)}\""));
        _folder.File("Plex Media Server/Preferences.xml", $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Preferences {all}/>\n");
        Mode("Plex Media Server/Preferences.xml", 0b110_000_000);
    }

    /// <summary>Adds settings to those of a well closed server; null takes one away.</summary>
    public void Change(params (string Key, string? Value)[] changes)
    {
        var all = new Dictionary<string, string>(Closed);
        foreach ((string key, string? value) in changes)
        {
            if (value is null) all.Remove(key);
            else all[key] = value;
        }

        Preferences(all);
    }

    public SecurityAuditOptions Options => new() { ConfigurationPath = Configuration, Root = _folder.Folder("root") };

    public Task<SecurityAuditResult> AuditAsync(SecurityAuditOptions? options = null) =>
        new SecurityAudit(TimeProvider.System).RunAsync(options ?? Options, progress: null, CancellationToken.None);

    public async Task<Dictionary<string, CheckStatus>> StatusesAsync() => (await AuditAsync()).Checks.ToDictionary(check => check.Id, check => check.Status);

    public void Dispose() => _folder.Dispose();
}
