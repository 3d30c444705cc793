using System.Diagnostics;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Security.Firewall;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>A real Docker engine in the server's namespace, with a container whose port it publishes: past the input chain.</summary>
public sealed class FirewallDockerTests
{
    [Theory]
    [InlineData(FirewallToolKind.Nft)]
    [InlineData(FirewallToolKind.Iptables)]
    public async Task Should_cover_a_port_that_docker_publishes(FirewallToolKind tool)
    {
        using var lab = new FirewallLab(tool);
        using var folder = new ScratchFolder();
        using Process engine = Start(lab, folder);
        try
        {
            string Docker(params string[] arguments) => lab.Output("docker", [$"--host=unix://{folder.At("socket")}", .. arguments]);
            string tar = folder.At("image.tar");
            lab.Output("tar", "-C", "/bin", "-cf", tar, "busybox");
            Docker("import", tar, "example/plex:1.0");
            Docker("run", "--detach", "--publish", $"{FirewallLab.Port}:8080", "example/plex:1.0", "/busybox", "httpd", "-f", "-p", "8080");
            Assert.Contains("--to-destination 172.17.0.2:8080", lab.Output("iptables-save", "-t", "nat"), StringComparison.Ordinal);
            Assert.Equal(20, await lab.KnockAsync(FirewallLab.Attacker, 20, expected: 20));

            await lab.MustAsync("limit", "--per-minute", "1", "--burst", "6");

            Assert.Equal(6, await lab.KnockAsync(FirewallLab.Attacker, 20, expected: 6));
            Assert.Equal(6, await lab.KnockAsync(FirewallLab.AttackerV6, 20, expected: 6));
            Assert.Equal(20, await lab.KnockAsync(FirewallLab.Television, 20, expected: 20));
            await lab.MustAsync("block", FirewallLab.Other);
            Assert.Equal(0, await lab.KnockAsync(FirewallLab.Other, 3, expected: 0));
        }
        finally
        {
            // It ends its containerd and its containers itself.
            using Process stop = Process.Start("kill", ["-TERM", $"{engine.Id}"]);
            await stop.WaitForExitAsync();
            await engine.WaitForExitAsync();
        }
    }

    // ip netns exec would hide the control groups, which it needs.
    private static Process Start(FirewallLab lab, ScratchFolder folder)
    {
        Process engine = Process.Start(new ProcessStartInfo("nsenter",
        [
            $"--net=/run/netns/{lab.Server}", "dockerd", $"--host=unix://{folder.At("socket")}", $"--data-root={folder.At("data")}",
            $"--exec-root={folder.At("exec")}", $"--pidfile={folder.At("pid")}", "--storage-driver=vfs",
        ])
        {
            RedirectStandardError = true,
        })!;
        engine.ErrorDataReceived += (_, _) => { };
        engine.BeginErrorReadLine();
        while (!Answers(lab, folder)) Assert.False(engine.WaitForExit(100), "dockerd does not start.");
        return engine;
    }

    private static bool Answers(FirewallLab lab, ScratchFolder folder)
    {
        try
        {
            lab.Output("docker", $"--host=unix://{folder.At("socket")}", "version");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
