using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace RePlexOn.Tests.Fixtures;

/// <summary>A server program in a process group of its own, so that what it starts is ended with it.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    private readonly Process _process;

    private Server(Process process) => _process = process;

    /// <summary>A port on 127.0.0.1 that nothing listens on at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a program that stays in the foreground, and waits until it listens.</summary>
    public static async Task<Server> StartAsync(int port, string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo("/usr/bin/setsid", [program, .. arguments]))!;
        for (var attempt = 0; ; attempt++)
        {
            if (process.HasExited || attempt == 200)
                throw new InvalidOperationException($"{program} does not listen on port {port}.");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return new Server(process);
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Ends it as a power cut would, with its children.</summary>
    public void Kill() => _ = SendSignal(-_process.Id, 9);

    /// <summary>Ends what it has started, also where that has left its process group.</summary>
    public void KillDescendants() => KillChildren(_process.Id);

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static void KillChildren(int process)
    {
        foreach (string child in File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int id = int.Parse(child, CultureInfo.InvariantCulture);
            KillChildren(id);
            _ = SendSignal(id, 9);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);
}
