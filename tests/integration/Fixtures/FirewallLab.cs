using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using RePlexOn.Security.Firewall;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>
/// A server with a network of its own, in namespaces: the internet behind a router, and a LAN. Commands run in it with an
/// <c>/etc</c> of its own, that lies over the real one in memory.
/// </summary>
internal sealed partial class FirewallLab : IDisposable
{
    public const int Port = 32400;
    public const string ServerV4 = "203.0.113.1", ServerV6 = "2001:db8:1::1", Gateway = "203.0.113.254";
    public const string Attacker = "198.51.100.7", Other = "198.51.100.8", AttackerV6 = "2001:db8:bad::7", SameHouseholdV6 = "2001:db8:bad::8", OtherV6 = "2001:db8:bad:1::7", Logged = "198.51.100.77";
    public const string Television = "192.168.50.2", TelevisionV6 = "fd00:50::2", ServerLanV4 = "192.168.50.1", ServerLanV6 = "fd00:50::1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), SilenceOfDropped = TimeSpan.FromSeconds(1.5);
    private static int _count;

    private readonly string _id = $"rpx{Environment.ProcessId}x{Interlocked.Increment(ref _count)}";
    private readonly ScratchFolder _scratch = new();
    private readonly string _memory = Path.Combine("/dev/shm", Guid.NewGuid().ToString("N"));
    private readonly List<Socket> _sockets = [];

    public FirewallLab(FirewallToolKind tool = FirewallToolKind.Nft)
    {
        Tool = tool;
        foreach (string name in (string[])["upper", "work"]) Directory.CreateDirectory(Path.Combine(_memory, name));
        foreach (string space in (string[])[Server, Internet, Lan])
        {
            Call("ip", "netns", "add", space);
            Call("ip", "-n", space, "link", "set", "lo", "up");
        }

        Wire(Internet, "wan", [$"{ServerV4}/24", $"{ServerV6}/64"], [$"{Gateway}/24", "2001:db8:1::fe/64"]);
        Wire(Lan, "lan", [$"{ServerLanV4}/24", $"{ServerLanV6}/64"], [$"{Television}/24", $"{TelevisionV6}/64"]);
        foreach (string address in (string[])[Attacker, Other, AttackerV6, SameHouseholdV6, OtherV6, Logged])
            Call("ip", "-n", Internet, "addr", "add", address, "dev", "lo");
        Call("ip", "-n", Server, "route", "add", "default", "via", Gateway);
        Call("ip", "-n", Server, "-6", "route", "add", "default", "via", "2001:db8:1::fe");
    }

    public FirewallToolKind Tool { get; }

    public string Server => $"{_id}s";

    public string Internet => $"{_id}i";

    private string Lan => $"{_id}l";

    /// <summary>What is in the place of <c>/etc</c> that the commands changed.</summary>
    public string Etc => Path.Combine(_memory, "upper");

    /// <summary>The rules that the kernel has, without counters and times.</summary>
    public string Ruleset => Tool == FirewallToolKind.Nft
        ? Output("nft", "-s", "list", "ruleset")
        : string.Join('\n', (Output("iptables-save") + Output("ip6tables-save")).Split('\n').Where(line => !line.StartsWith('#')));

    /// <summary>Runs <c>replexon firewall</c> on the server, without nft where that is not the tool.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) => RunAsync([], arguments);

    public Task<CommandResult> RunAsync((string, string)[] environment, params string[] arguments) =>
        StartAsync([RunningCommand.Program, "firewall", .. arguments], environment);

    /// <summary>Runs any program on the server, as a command of ours would.</summary>
    public Task<CommandResult> StartAsync(string[] program, params (string, string)[] environment) =>
        RunningCommand.StartProgram(environment, "ip", [.. Inside, .. program]).EndAsync();

    /// <summary>The same for a command that must end well.</summary>
    public async Task<CommandResult> MustAsync(params string[] arguments)
    {
        CommandResult result = await RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }

    /// <summary>Runs any program on the server, as a command of ours would; it must end well.</summary>
    public string Output(string program, params string[] arguments) =>
        Call("ip", [.. program == "nft" ? (string[])["netns", "exec", Server] : Inside, program, .. arguments]);

    /// <summary>Writes a configuration for the commands; returns its path.</summary>
    public string Configure(object configuration) => _scratch.File("replexon.json", JsonSerializer.Serialize(configuration));

    /// <summary>Writes a file; returns its path.</summary>
    public string File(string name, string content) => _scratch.File(name, content);

    /// <summary>Starts a server at the port that answers each byte with the same one.</summary>
    public void Listen()
    {
        Socket listener = InNamespace(Server, () =>
        {
            var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, Port));
            socket.Listen(4096);
            return socket;
        });
        _ = AcceptAsync(listener);
    }

    /// <summary>Knocks many times at once, and counts what was let in; what it has open stays open.</summary>
    /// <param name="source">From where.</param>
    /// <param name="times">How often.</param>
    /// <param name="expected">How many should get in: only then, a moment is given for more of them.</param>
    public async Task<int> KnockAsync(string source, int times, int expected)
    {
        using var patience = new CancellationTokenSource(Patience);
        Task<Socket?>[] attempts = [.. Enumerable.Range(0, times).Select(_ => ConnectAsync(source, patience.Token))];
        while (attempts.Count(IsIn) < expected && !patience.IsCancellationRequested) await Task.Delay(20);
        if (expected < times) await Task.Delay(SilenceOfDropped);
        int count = attempts.Count(IsIn);
        await patience.CancelAsync();
        await Task.WhenAll(attempts);
        return count;

        static bool IsIn(Task<Socket?> attempt) => attempt is { IsCompletedSuccessfully: true, Result: not null };
    }

    /// <summary>Opens a connection that must come about.</summary>
    public async Task<Socket> OpenAsync(string source)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await ConnectAsync(source, patience.Token) ?? throw new InvalidOperationException($"{source} cannot connect.");
    }

    /// <summary>Whether what is sent comes back.</summary>
    public static async Task<bool> IsAliveAsync(Socket socket, TimeSpan? within = null)
    {
        using var patience = new CancellationTokenSource(within ?? Patience);
        try
        {
            await socket.SendAsync(new byte[] { 7 }, patience.Token);
            return await socket.ReceiveAsync(new byte[1], patience.Token) == 1;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        lock (_sockets) _sockets.ForEach(socket => socket.Dispose());
        foreach (string space in (string[])[Server, Internet, Lan]) Call("ip", "netns", "delete", space);
        Directory.Delete(_memory, recursive: true);
        _scratch.Dispose();
    }

    private string[] Inside =>
    [
        "netns", "exec", Server, "unshare", "--mount", "sh", "-c",
        $"mount -t overlay overlay -o lowerdir=/etc,upperdir={_memory}/upper,workdir={_memory}/work /etc"
        + (Tool == FirewallToolKind.Nft ? "" : " && mount --bind /dev/null \"$(command -v nft)\"") + " && exec \"$@\"",
        "sh",
    ];

    private void Wire(string other, string link, string[] here, string[] there)
    {
        Call("ip", "link", "add", link, "netns", Server, "type", "veth", "peer", "name", link, "netns", other);
        foreach ((string space, string[] addresses) in new[] { (Server, here), (other, there) })
        {
            foreach (string address in addresses) Call("ip", ["-n", space, "addr", "add", address, "dev", link, .. address.Contains(':') ? (string[])["nodad"] : []]);
            Call("ip", "-n", space, "link", "set", link, "up");
        }
    }

    private async Task<Socket?> ConnectAsync(string source, CancellationToken token)
    {
        var from = IPAddress.Parse(source);
        bool isLan = source is Television or TelevisionV6, isIPv6 = from.AddressFamily == AddressFamily.InterNetworkV6;
        string to = isLan ? (isIPv6 ? ServerLanV6 : ServerLanV4) : isIPv6 ? ServerV6 : ServerV4;
        while (!token.IsCancellationRequested)
        {
            Socket socket = InNamespace(isLan ? Lan : Internet, () =>
            {
                var socket = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(from, 0));
                return socket;
            });
            try
            {
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(to), Port), token);
                return socket;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.HostUnreachable or SocketError.NetworkUnreachable)
            {
                // A wire that has only just been laid.
                await Task.Delay(100, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                // Or the kernel knocks again and again.
                socket.Dispose();
                return null;
            }
        }

        return null;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true) _ = EchoAsync(Keep(await listener.AcceptAsync()));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task EchoAsync(Socket socket)
    {
        var buffer = new byte[64];
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and var count) await socket.SendAsync(buffer.AsMemory(0, count));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private Socket Keep(Socket socket)
    {
        lock (_sockets) _sockets.Add(socket);
        return socket;
    }

    // A socket belongs to the namespace of the thread that makes it; the thread ends with it.
    private Socket InNamespace(string space, Func<Socket> make)
    {
        Socket? made = null;
        Exception? trouble = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = System.IO.File.OpenHandle($"/run/netns/{space}");
                if (SetNamespace(handle, 0) != 0) throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
                made = make();
            }
            catch (Exception e)
            {
                trouble = e;
            }
        });
        thread.Start();
        thread.Join();
        return Keep(made ?? throw new InvalidOperationException($"No socket in {space}: {trouble}"));
    }

    private static string Call(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}");
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeHandle space, int kind);
}
