using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Docker;

/// <summary>A real dockerd of a test's own, with one small image; it touches neither the network nor another Docker.</summary>
internal sealed class DockerEngine : IDisposable
{
    private static readonly Lazy<string?> Obstacle = new(FindObstacle);

    private readonly ScratchFolder _folder = new();
    private readonly Process _process;

    public DockerEngine()
    {
        var start = new ProcessStartInfo("setsid",
        [
            "dockerd", $"--host=unix://{SocketPath}", $"--data-root={_folder.At("data")}", $"--exec-root={_folder.At("exec")}",
            $"--pidfile={_folder.At("pid")}", "--iptables=false", "--ip6tables=false", "--bridge=none", "--storage-driver=vfs",
        ])
        {
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        for (int attempt = 0; !Answers(); attempt++)
        {
            if (_process.HasExited || attempt == 300)
            {
                Dispose();
                throw new InvalidOperationException("dockerd does not start.");
            }

            Thread.Sleep(50);
        }

        string tar = _folder.At("image.tar");
        Call("tar", "-C", "/bin", "-cf", tar, "busybox");
        Run("import", tar, "example/box:1.0");
    }

    /// <summary>Why no engine can be started here; null where one can.</summary>
    public static string? WhyNot => Obstacle.Value;

    public string SocketPath => _folder.At("docker.sock");

    /// <summary>Runs the docker program against this engine; returns what it printed.</summary>
    public string Run(params string[] arguments) => Call("docker", arguments);

    /// <summary>Runs any program with this engine as its Docker; returns what it printed.</summary>
    public string Call(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOCKER_HOST"] = $"unix://{SocketPath}";
        using var process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}{errors.Result}");
    }

    /// <summary>Makes a container by the Engine API, which takes what no command line can hold.</summary>
    public async Task CreateAsync(string name, object settings)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using HttpResponseMessage answer = await client.PostAsync(
            new Uri($"http://docker/containers/create?name={name}"),
            new StringContent(JsonSerializer.Serialize(settings), Encoding.UTF8, "application/json"));
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // It ends its containerd and its containers itself.
            using Process stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            stop.WaitForExit();
            _process.WaitForExit();
        }

        _process.Dispose();
        _folder.Dispose();
    }

    private static string? FindObstacle()
    {
        if (!Environment.IsPrivilegedProcess) return "A Docker engine can be started by root only.";
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        foreach (string program in new[] { "dockerd", "docker", "/bin/busybox", "shellcheck" })
        {
            if (!folders.Any(folder => File.Exists(Path.Combine(folder, program)))) return $"{Path.GetFileName(program)} is not installed.";
        }

        try
        {
            using var engine = new DockerEngine();
            return null;
        }
        catch (InvalidOperationException trouble)
        {
            return trouble.Message;
        }
    }

    private bool Answers()
    {
        if (!File.Exists(SocketPath)) return false;
        try
        {
            Run("version");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
