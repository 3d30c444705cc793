using System.Diagnostics;
using RePlexOn.Configuration;
using RePlexOn.Security.Docker;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Docker;

/// <summary>A real engine with containers, each bad in a way of its own and otherwise as the good one.</summary>
public sealed class PlantedContainers : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>What no output may hold.</summary>
    public const string Secret = "hunter2-uniquely-planted";

    /// <summary>A path that would run a program wherever it is not quoted.</summary>
    public const string HostilePath = "it's \"$(touch OWNED)\" `touch OWNED`\n; touch OWNED #\t&";

    private const string Image = "example/box:1.0";

    private readonly ScratchFolder _folder = new();
    private DockerEngine? _engine;

    /// <summary>Each container with the rules that it breaks, and the one thing of each that is named.</summary>
    public static IReadOnlyDictionary<string, string[]> Planted { get; } = new Dictionary<string, string[]>
    {
        ["good"] = [],
        ["good-linuxserver"] = [],
        ["good-plexinc"] = [],
        ["root"] = ["RPX-DKR-001"],
        ["root-puid-0"] = ["RPX-DKR-001"],
        ["root-hopeful"] = ["RPX-DKR-001"],
        ["privileged"] = ["RPX-DKR-002"],
        ["capabilities"] = ["RPX-DKR-003 SYS_ADMIN", "RPX-DKR-004 NET_ADMIN"],
        ["host-network"] = ["RPX-DKR-005"],
        ["host-pid"] = ["RPX-DKR-006"],
        ["host-ipc"] = ["RPX-DKR-007"],
        ["engine-socket"] = ["RPX-DKR-008 /var/run/docker.sock"],
        ["sensitive-writable"] = ["RPX-DKR-009 /etc/ssl"],
        ["sensitive-readable"] = ["RPX-DKR-010 /root"],
        ["whole-host"] = ["RPX-DKR-009 /"],
        ["open-source"] = ["RPX-DKR-011 *open"],
        ["open-source-776"] = ["RPX-DKR-011 *open-776"],
        ["open-parent"] = ["RPX-DKR-012 *parent"],
        ["sticky-source"] = ["RPX-DKR-013 *sticky"],
        ["owned-by-root"] = ["RPX-DKR-014 *admin"],
        ["secrets"] = ["RPX-DKR-015 AWS_ACCESS_KEY_ID", "RPX-DKR-015 MYSQL_PASS", "RPX-DKR-015 PLEX_CLAIM"],
        ["gains-privileges"] = ["RPX-DKR-016"],
        ["no-seccomp"] = ["RPX-DKR-017"],
        ["no-apparmor"] = ["RPX-DKR-018"],
        ["published"] = ["RPX-DKR-019"],
        ["no-memory-limit"] = ["RPX-DKR-020"],
        ["no-pids-limit"] = ["RPX-DKR-021"],
        ["latest"] = ["RPX-DKR-022"],
        ["hostile"] = ["RPX-DKR-011 *" + HostilePath, "RPX-DKR-015 $(touch OWNED)_TOKEN"],
    };

    internal DockerEngine Engine => _engine ?? throw new InvalidOperationException("There is no engine.");

    /// <summary>Who asks this engine.</summary>
    public UserEnvironment User => new(
        IsRoot: true, "/root", new Dictionary<string, string> { ["DOCKER_HOST"] = $"unix://{Engine.SocketPath}" });

    /// <summary>A folder that is mounted somewhere.</summary>
    public string At(string relative) => _folder.At(relative);

    /// <summary>What is planted in a container, with the paths as they are here.</summary>
    public IEnumerable<string> In(string container) => Planted[container].Select(one => one.Replace("*", _folder.Path + "/", StringComparison.Ordinal));

    public Task<DockerAuditResult> AuditAsync(DockerAuditOptions options) =>
        new DockerAudit(User).RunAsync(options, progress: null, CancellationToken.None);

    public async Task InitializeAsync()
    {
        if (DockerEngine.WhyNot is not null) return;
        _engine = new DockerEngine();
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        Folder("data", "755", "1000");
        Folder("open", "777", "1000");
        Folder("open-776", "776", "1000");
        Folder("sticky", "1777", "1000");
        Folder("admin", "755", "0");
        Folder("parent", "777", "1000");
        Folder("parent/data", "755", "1000");
        Folder(HostilePath, "777", "1000");
        foreach (string name in new[] { "linuxserver/plex:1.42", "plexinc/pms-docker:1.42", "example/box:latest", "other.example/linuxserver/plex:1" })
        {
            _engine.Run("tag", Image, name);
        }

        Create("good", "-e", "PLEX_TOKEN_FILE=/run/secrets/token", "-e", "TZ=UTC", "-e", "GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568",
            "-v", "/etc/localtime:/etc/localtime:ro", "-v", $"{At("data")}:/config", "-v", $"{At("admin")}:/films:ro");
        Create("good-linuxserver", Defaults("user") + ["-e", "PUID=1000", "-e", "PGID=1000"], "linuxserver/plex:1.42");
        Create("good-plexinc", Defaults("user") + ["-e", "PLEX_UID=1000", "-e", "FILE__PLEX_CLAIM=/run/secrets/claim"], "plexinc/pms-docker:1.42");
        Create("root", Defaults("user"));
        Create("root-puid-0", Defaults("user") + ["-e", "PUID=0"], "linuxserver/plex:1.42");
        Create("root-hopeful", Defaults("user") + ["-e", "PUID=1000"], "other.example/linuxserver/plex:1");
        Create("privileged", "--privileged");
        Create("capabilities", "--cap-drop", "ALL", "--cap-add", "CHOWN", "--cap-add", "SYS_ADMIN", "--cap-add", "NET_ADMIN");
        Create("host-network", Defaults("network") + ["--network", "host"]);
        Create("host-pid", "--pid", "host");
        Create("host-ipc", "--ipc", "host");
        Create("engine-socket", "-v", "/var/run/docker.sock:/var/run/docker.sock:ro");
        Create("sensitive-writable", "-v", "/etc/ssl:/certs");
        Create("sensitive-readable", "-v", "/root:/backup:ro", "-v", "/variable:/data:ro");
        Create("whole-host", "-v", "/:/host");
        Create("open-source", "-v", $"{At("open")}:/config");
        Create("open-source-776", "-v", $"{At("open-776")}:/config:ro");
        Create("open-parent", "-v", $"{At("parent/data")}:/config");
        Create("sticky-source", "-v", $"{At("sticky")}:/transcode");
        Create("owned-by-root", "-v", $"{At("admin")}:/config");
        Create("secrets", "-e", $"MYSQL_PASS={Secret}", "-e", $"AWS_ACCESS_KEY_ID={Secret}", "-e", $"PLEX_CLAIM={Secret}", "-e", $"GREETING={Secret}");
        Create("gains-privileges", Defaults("security"));
        Create("no-seccomp", "--security-opt", "seccomp=unconfined");
        Create("no-apparmor", "--security-opt", "apparmor=unconfined");
        Create("published", "-p", "32400:32400");
        Create("no-memory-limit", Defaults("memory"));
        Create("no-pids-limit", Defaults("pids"));
        Create("latest", Defaults(""), "example/box");
        await _engine.CreateAsync("hostile", new
        {
            Image,
            Cmd = new[] { "/busybox", "sleep", "600" },
            User = "1000",
            Env = new[] { $"$(touch OWNED)_TOKEN={Secret}" },
            Labels = new Dictionary<string, string> { ["$(touch OWNED)"] = "'\"\n$(touch OWNED)" },
            HostConfig = new
            {
                NetworkMode = "none", Memory = 64 << 20, PidsLimit = 64, SecurityOpt = new[] { "no-new-privileges:true" },
                Mounts = new[] { new { Type = "bind", Source = At(HostilePath), Target = "/it's\n$(touch OWNED)" } },
            },
        });
    }

    public Task DisposeAsync()
    {
        _engine?.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>For <c>await using</c>.</summary>
    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    // What makes a container good, but for one part.
    private static Arguments Defaults(string without) => new(
    [
        .. without == "user" ? [] : new[] { "--user", "1000:1000" },
        .. without == "security" ? [] : new[] { "--security-opt", "no-new-privileges" },
        .. without == "memory" ? [] : new[] { "--memory", "64m" },
        .. without == "pids" ? [] : new[] { "--pids-limit", "64" },
        .. without == "network" ? [] : new[] { "--network", "none" },
    ]);

    private void Create(string name, params string[] arguments) => Create(name, Defaults("") + arguments);

    private void Create(string name, Arguments arguments, string image = Image) =>
        Engine.Run(["create", "--name", name, .. arguments.Words, image, "/busybox", "sleep", "600"]);

    private void Folder(string name, string mode, string owner)
    {
        string path = _folder.Folder(name);
        using Process chown = Process.Start("chown", [owner, "--", path]);
        chown.WaitForExit();
        using Process chmod = Process.Start("chmod", [mode, "--", path]);
        chmod.WaitForExit();
    }

    private sealed record Arguments(IReadOnlyList<string> Words)
    {
        public static Arguments operator +(Arguments one, string[] more) => new([.. one.Words, .. more]);
    }
}
