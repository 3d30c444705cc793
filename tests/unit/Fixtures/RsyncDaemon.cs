namespace RePlexOn.Tests.Fixtures;

/// <summary>A real rsync daemon on 127.0.0.1, with one module that asks for a password.</summary>
public sealed class RsyncDaemon : IAsyncLifetime, IAsyncDisposable
{
    public const string Module = "plex-backups";
    public const string User = "plex";
    public const string Password = "correct horse";

    private readonly ScratchFolder _folder = new();
    private Server? _server;

    /// <summary>Port it listens on.</summary>
    public int Port { get; } = Server.FreePort();

    /// <summary>Folder behind the module.</summary>
    public string Folder => _folder.At("module");

    /// <summary>File with the right password, private to its owner.</summary>
    public string PasswordFile => _folder.At("password");

    /// <summary>The target of the module.</summary>
    public string Url => UrlOf(Module);

    /// <summary>The target of a module.</summary>
    public string UrlOf(string module) => $"rsync://{User}@127.0.0.1:{Port}/{module}";

    /// <summary>What it wrote to its log so far.</summary>
    public string Log => File.ReadAllText(_folder.At("log"));

    /// <summary>Adds a module; counts from the next connection on.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="path">The folder behind it.</param>
    /// <param name="settings">Lines such as <c>read only = yes</c>; they win over the usual ones.</param>
    public void AddModule(string name, string path, params string[] settings) => File.AppendAllLines(_folder.At("rsyncd.conf"),
        [$"[{name}]", $"path = {path}", "read only = no", "uid = root", "gid = root", "numeric ids = yes", .. settings]);

    /// <summary>Ends it as a power cut would, in the midst of what it does.</summary>
    public void Kill() => _server!.Kill();

    public async Task InitializeAsync()
    {
        _folder.Folder("module");
        WritePrivate("password", Password);
        WritePrivate("secrets", $"{User}:{Password}");
        await File.WriteAllLinesAsync(_folder.At("rsyncd.conf"),
        [
            "address = 127.0.0.1", "use chroot = no", $"pid file = {_folder.At("pid")}",
            $"lock file = {_folder.At("lock")}", $"log file = {_folder.At("log")}",
        ]);
        AddModule(Module, Folder, $"auth users = {User}", $"secrets file = {_folder.At("secrets")}");
        _server = await Server.StartAsync(Port, "/usr/bin/rsync", "--daemon", "--no-detach", $"--port={Port}", $"--config={_folder.At("rsyncd.conf")}");
    }

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _server = null;
        _folder.Dispose();
    }

    /// <summary>For <c>await using</c>.</summary>
    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    private void WritePrivate(string name, string line)
    {
        _folder.File(name, line + "\n");
        File.SetUnixFileMode(_folder.At(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
