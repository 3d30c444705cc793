using System.Diagnostics;

namespace RePlexOn.Tests.Fixtures;

/// <summary>A real sshd on 127.0.0.1 that lets this user in with one key.</summary>
public sealed class SshServer : IAsyncLifetime, IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private Server? _server;

    /// <summary>Further lines of sshd_config, set before it starts.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Port it listens on.</summary>
    public int Port { get; } = Server.FreePort();

    /// <summary>An empty folder to back up to.</summary>
    public string Folder => _folder.At("backups");

    /// <summary>The private key that it accepts.</summary>
    public string IdentityFile => _folder.At("key");

    /// <summary>A private key that it does not accept.</summary>
    public string WrongIdentityFile => _folder.At("wrong");

    /// <summary>File with its host key.</summary>
    public string KnownHostsFile => _folder.At("known_hosts");

    /// <summary>File that knows it by another host key.</summary>
    public string OutdatedKnownHostsFile => _folder.At("outdated_hosts");

    /// <summary>File that knows no host.</summary>
    public string EmptyKnownHostsFile => _folder.At("empty_hosts");

    /// <summary>How often somebody has logged in.</summary>
    public int Logins => File.ReadLines(_folder.At("log")).Count(line => line.StartsWith("Accepted publickey for ", StringComparison.Ordinal));

    /// <summary>How many connections have ended before a login.</summary>
    public int Refusals => File.ReadLines(_folder.At("log")).Count(line => line.EndsWith("[preauth]", StringComparison.Ordinal));

    /// <summary>The target of a folder.</summary>
    public string UrlOf(string folder) => $"ssh://{Environment.UserName}@127.0.0.1:{Port}{Uri.EscapeDataString(folder).Replace("%2F", "/", StringComparison.Ordinal)}";

    public async Task InitializeAsync()
    {
        _folder.Folder("backups");
        Directory.CreateDirectory("/run/sshd");
        foreach (var name in new[] { "host", "key", "wrong" })
        {
            using var keygen = Process.Start("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", _folder.At(name)]);
            await keygen.WaitForExitAsync();
        }

        File.Copy(_folder.At("key.pub"), _folder.At("authorized"));
        WriteHosts(KnownHostsFile, "host.pub");
        WriteHosts(OutdatedKnownHostsFile, "wrong.pub");
        await File.WriteAllTextAsync(EmptyKnownHostsFile, "");
        await File.WriteAllLinesAsync(_folder.At("sshd_config"),
        [
            $"Port {Port}", "ListenAddress 127.0.0.1", $"HostKey {_folder.At("host")}", "StrictModes no", "UsePAM no",
            "PidFile none", $"AuthorizedKeysFile {_folder.At("authorized")}", "PasswordAuthentication no",
            "KbdInteractiveAuthentication no", .. Settings,
        ]);
        await StartAsync();
    }

    /// <summary>Ends all connections, and what was run over them.</summary>
    public void CutConnections() => _server!.KillDescendants();

    /// <summary>Cuts all connections and starts anew, as when that machine is rebooted.</summary>
    public async Task RestartAsync()
    {
        CutConnections();
        await _server!.DisposeAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _server = null;
        _folder.Dispose();
    }

    /// <summary>For <c>await using</c>.</summary>
    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    private async Task StartAsync() =>
        _server = await Server.StartAsync(Port, "/usr/sbin/sshd", "-D", "-f", _folder.At("sshd_config"), "-E", _folder.At("log"));

    private void WriteHosts(string path, string publicKey) =>
        File.WriteAllText(path, $"[127.0.0.1]:{Port} {File.ReadAllText(_folder.At(publicKey))}");
}
