using System.Diagnostics;
using System.Globalization;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>
/// Two networks that are joined by a cable: a server's, with fail2ban and something that listens on port 32400, and its
/// clients', 203.0.113.8 and .9, 2001:db8:1::8 and ::9.
/// </summary>
internal sealed class JailedNetwork : IAsyncDisposable
{
    private const string Listener = """
        import socket
        server = socket.create_server(("", 32400), family=socket.AF_INET6, dualstack_ipv6=True)
        print("ready", flush=True)
        while True: server.accept()[0].close()
        """;

    private const string Connect = """
        import socket, sys
        try: socket.create_connection((sys.argv[2], int(sys.argv[3])), timeout=1, source_address=(sys.argv[1], 0)).close()
        except OSError: sys.exit(1)
        """;

    private readonly string _server = $"rpx{Guid.NewGuid():N}"[..10];
    private readonly List<Process> _processes = [];
    private bool _isMade;

    private string Clients => _server + "c";

    /// <summary>fail2ban's configuration folder.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>Runs a program; whether it ended well.</summary>
    public static bool TryRun(string program, params string[] arguments) => Run(program, arguments).ExitCode == 0;

    public async Task StartAsync(ScratchFolder folder)
    {
        Folder = folder.At("fail2ban");
        foreach (string part in new[] { "jail.d", "filter.d", "action.d" }) folder.Folder($"fail2ban/{part}");
        folder.File("fail2ban/jail.conf", "[DEFAULT]\n");
        folder.File("fail2ban/fail2ban.conf",
            $"[DEFAULT]\nloglevel = INFO\nlogtarget = {folder.At("fail2ban.log")}\nsyslogsocket = auto\nsocket = {folder.At("socket")}\npidfile = {folder.At("pid")}\ndbfile = {folder.At("bans.sqlite3")}\ndbpurgeage = 1d\ndbmaxmatches = 10\n[Definition]\n");
        MakeNetworks();
        _processes.Add(Start("ip", "netns", "exec", _server, "fail2ban-server", "-c", Folder, "-f", "start"));
        Process listener = Start("ip", "netns", "exec", _server, "python3", "-c", Listener);
        _processes.Add(listener);
        Assert.Equal("ready", await listener.StandardOutput.ReadLineAsync());
        for (int i = 0; !TryRun("fail2ban-client", "-c", Folder, "ping"); i++)
        {
            Assert.True(i < 300, "fail2ban does not answer.");
            await Task.Delay(100);
        }
    }

    /// <summary>Whether a client gets a connection.</summary>
    public bool CanConnect(string from, int port = 32400) => TryRun(
        "ip", "netns", "exec", Clients, "python3", "-c", Connect, from, from.Contains(':', StringComparison.Ordinal) ? "2001:db8:1::1" : "203.0.113.1",
        port.ToString(CultureInfo.InvariantCulture));

    /// <summary>Leads port 32401 to 32400 before the packet comes in, as Docker leads a published port to its container.</summary>
    public void Publish()
    {
        InServer("nft", "add", "table", "ip", "published");
        InServer("nft", "add", "chain", "ip", "published", "prerouting", "{ type nat hook prerouting priority dstnat; }");
        InServer("nft", "add", "rule", "ip", "published", "prerouting", "tcp", "dport", "32401", "redirect", "to", ":32400");
    }

    /// <summary>The firewall's rules, as the way that is used shows them.</summary>
    public string Rules(string action) => action == "nftables"
        ? InServer("nft", "list", "ruleset")
        : InServer("iptables", "-w", "-t", "mangle", "-S") + InServer("ip6tables", "-w", "-t", "mangle", "-S");

    /// <summary>Asks fail2ban for something.</summary>
    public string Client(params string[] arguments) => Run("fail2ban-client", ["-c", Folder, .. arguments]).Output;

    public async ValueTask DisposeAsync()
    {
        if (Folder.Length > 0) Run("fail2ban-client", ["-c", Folder, "stop"]);
        foreach (Process process in _processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        if (!_isMade) return;
        Run("ip", ["netns", "delete", Clients]);
        Run("ip", ["netns", "delete", _server]);
    }

    private void MakeNetworks()
    {
        Must("ip", "netns", "add", _server);
        _isMade = true;
        Must("ip", "netns", "add", Clients);
        Must("ip", "-n", _server, "link", "add", "s", "type", "veth", "peer", "name", "c", "netns", Clients);
        foreach ((string network, string link) in new[] { (_server, "s"), (Clients, "c") })
        {
            Must("ip", "-n", network, "link", "set", "lo", "up");
            Must("ip", "-n", network, "link", "set", link, "up");
            foreach (string end in link == "s" ? new[] { "1" } : ["8", "9"])
            {
                Must("ip", "-n", network, "address", "add", $"203.0.113.{end}/24", "dev", link);
                Must("ip", "-n", network, "address", "add", $"2001:db8:1::{end}/64", "dev", link, "nodad");
            }
        }
    }

    private string InServer(params string[] command)
    {
        (int exitCode, string output) = Run("ip", ["netns", "exec", _server, .. command]);
        Assert.Equal(0, exitCode);
        return output;
    }

    private static void Must(string program, params string[] arguments)
    {
        (int exitCode, string output) = Run(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}: {output}");
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static (int ExitCode, string Output) Run(string program, string[] arguments)
    {
        using Process process = Start(program, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
