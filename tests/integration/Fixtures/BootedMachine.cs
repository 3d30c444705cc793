using System.Diagnostics;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>
/// This system booted once more beside itself, with systemd and cron: what it writes goes to memory and is gone
/// afterwards, but for the folder that both see. It runs a script, and goes down.
/// </summary>
internal sealed class BootedMachine : IDisposable
{
    /// <summary>Where the machine sees the shared folder.</summary>
    public const string Shared = "/scene";

    /// <summary>Where it sees the command line.</summary>
    public const string Program = "/cli/replexon";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ScratchFolder _folder = new();
    private readonly OverlaidRoot _overlay = new();
    private readonly string[] _network;

    /// <param name="hasOwnNetwork">Whether it sees a network of its own, with loopback alone, in the place of this one.</param>
    public BootedMachine(bool hasOwnNetwork = false) => _network = hasOwnNetwork ? ["--private-network"] : [];

    /// <summary>The folder that both see.</summary>
    public string Folder => _folder.Folder("shared");

    private string Root => _overlay.Path;

    /// <summary>Boots it, has it run a script of sh, and waits until it is down. What it changed is there when it is booted again.</summary>
    /// <returns>What all scripts wrote.</returns>
    public string Run(string script)
    {
        File.WriteAllText(Path.Combine(Folder, "script"), $"{script}\nsystemctl poweroff\n");
        string units = Path.Combine(Root, "etc/systemd/system"), wants = Path.Combine(units, "multi-user.target.wants");
        Directory.CreateDirectory(wants);
        File.WriteAllText(Path.Combine(units, "replexon-test.service"), $"""
            [Service]
            ExecStart=/bin/sh {Shared}/script
            StandardOutput=append:{Shared}/output
            StandardError=append:{Shared}/output
            """);
        string link = Path.Combine(wants, "replexon-test.service");
        if (!Path.Exists(link)) File.CreateSymbolicLink(link, "../replexon-test.service");
        File.Delete(Path.Combine(Root, "etc/machine-id"));

        // Where both kinds of control groups are in use, it makes these in the new kind only, and misses them in the old.
        foreach (string group in OldControlGroups()) Directory.CreateDirectory(group);
        using Process machine = Process.Start(new ProcessStartInfo("systemd-nspawn",
        [
            "--quiet", "--boot", $"--directory={Root}", "--machine=replexon-test", "--register=no", "--keep-unit", "--console=pipe",
            .. _network, $"--bind={Folder}:{Shared}", $"--bind-ro={Path.GetDirectoryName(RunningCommand.Program)}:{Path.GetDirectoryName(Program)}",
        ])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        machine.StandardInput.Close();
        Task<string> console = machine.StandardOutput.ReadToEndAsync(), errors = machine.StandardError.ReadToEndAsync();
        if (!machine.WaitForExit(Patience)) machine.Kill();
        string output = Path.Combine(Folder, "output");
        Assert.True(File.Exists(output), $"The machine did not come up: {console.Result}{errors.Result}");
        return File.ReadAllText(output);
    }

    public void Dispose()
    {
        _overlay.Dispose();
        RemoveControlGroups();
        _folder.Dispose();
    }

    /// <summary>The control groups that systemd-nspawn keeps its processes in, below the one that it is started in.</summary>
    /// <param name="hierarchy">As <c>/proc/self/cgroup</c> names it.</param>
    /// <param name="mount">Where it is mounted.</param>
    private static IEnumerable<string> ControlGroups(string hierarchy, string mount)
    {
        string? own = File.ReadLines("/proc/self/cgroup").FirstOrDefault(line => line.Contains(hierarchy, StringComparison.Ordinal));
        return own is null || !Directory.Exists(mount)
            ? []
            : new[] { "payload", "supervisor" }.Select(name => $"{mount}{own[(own.LastIndexOf(':') + 1)..].TrimEnd('/')}/{name}");
    }

    private static IEnumerable<string> OldControlGroups() => ControlGroups(":name=systemd:", "/sys/fs/cgroup/systemd");

    // It leaves them behind, empty.
    private static void RemoveControlGroups()
    {
        string unified = Directory.Exists("/sys/fs/cgroup/unified") ? "/sys/fs/cgroup/unified" : "/sys/fs/cgroup";
        foreach (string group in OldControlGroups().Concat(ControlGroups("0::", unified)).Where(Directory.Exists))
            OverlaidRoot.Call("find", group, "-depth", "-type", "d", "-exec", "rmdir", "{}", ";");
    }
}
