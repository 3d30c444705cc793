using System.Globalization;
using System.Text.Json;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>A real fail2ban in a network of its own, with clients of its own.</summary>
public sealed class Fail2banTests : IAsyncLifetime, IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly JailedNetwork _network = new();

    private string Log => _folder.At("Plex Media Server.log");

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Log, "");
        _folder.File("replexon.json", "{}");
        await _network.StartAsync(_folder);
    }

    public Task DisposeAsync() => _network.DisposeAsync().AsTask();

    public void Dispose() => _folder.Dispose();

    [NamespaceTheory]
    [InlineData("nftables")]
    [InlineData("iptables")]
    public async Task Should_shut_out_who_is_refused_too_often_and_nobody_else(string action)
    {
        string before = _network.Rules(action);
        await RunAsync("install", "--log", Log, "--max-retry", "3", "--action", action);
        Assert.True(_network.CanConnect("203.0.113.9"));

        Refuse("203.0.113.9", 2);
        Refuse("203.0.113.8", 2);
        Refuse("203.0.113.9", 1);
        Refuse("[2001:db8:1::9]", 3);
        await UntilAsync(() => Banned().SetEquals(["203.0.113.9", "2001:db8:1::9"]));
        Assert.False(_network.CanConnect("203.0.113.9"));
        Assert.False(_network.CanConnect("2001:db8:1::9"));
        Assert.True(_network.CanConnect("203.0.113.8"));
        Assert.True(_network.CanConnect("2001:db8:1::8"));

        _network.Client("set", "replexon-plex", "unbanip", "203.0.113.9");
        Assert.True(_network.CanConnect("203.0.113.9"));
        Assert.False(_network.CanConnect("2001:db8:1::9"));

        await RunAsync("uninstall");
        Assert.True(_network.CanConnect("2001:db8:1::9"));
        Assert.Equal(before, _network.Rules(action));
        Assert.Empty(Directory.GetFiles(_network.Folder, "replexon*", SearchOption.AllDirectories));
        Assert.DoesNotContain("replexon", _network.Client("status"), StringComparison.Ordinal);
        Assert.Equal("[]", _network.Client("banned").Trim());
    }

    [NamespaceTheory]
    [InlineData("nftables")]
    [InlineData("iptables")]
    public async Task Should_shut_a_port_that_is_published_as_docker_does_it(string action)
    {
        _network.Publish();
        await RunAsync("install", "--log", Log, "--max-retry", "3", "--action", action, "--port", "32401");
        Assert.True(_network.CanConnect("203.0.113.9", 32401));
        Refuse("203.0.113.9", 3);
        await UntilAsync(() => Banned().Count == 1);
        Assert.False(_network.CanConnect("203.0.113.9", 32401));
        Assert.True(_network.CanConnect("203.0.113.8", 32401));
    }

    [NamespaceTheory]
    [InlineData("nftables")]
    public async Task Should_go_on_after_the_log_was_rotated_and_change_in_its_course(string action)
    {
        await RunAsync("install", "--log", Log, "--max-retry", "3", "--action", action);
        await RunAsync("install", "--log", Log, "--max-retry", "2", "--action", action);
        File.Move(Log, _folder.At("Plex Media Server.1.log"));
        await File.WriteAllTextAsync(Log, "");
        Refuse("203.0.113.9", 2);
        await UntilAsync(() => Banned().Contains("203.0.113.9"));
        JsonElement status = (await RunAsync("status", "--json")).Json;
        Assert.True(status.GetProperty("isActive").GetBoolean());
        Assert.Equal("203.0.113.9", status.GetProperty("banned")[0].GetProperty("address").GetString());
        CommandResult again = await RunAsync("install", "--log", Log, "--max-retry", "2", "--action", action, "--json");
        Assert.Equal("Unchanged", again.Json.GetProperty("kind").GetString());
    }

    [NamespaceTheory]
    [InlineData("nftables")]
    public async Task Should_be_there_whole_or_not_at_all(string action)
    {
        // The files are good, but with what else is configured the running fail2ban cannot start the jail.
        await File.WriteAllTextAsync(Path.Combine(_network.Folder, "jail.d/zz.local"), "[replexon-plex]\nfilter = no-such-filter\n");
        CommandResult result = await CommandAsync("install", "--log", Log, "--action", action, "--json");
        Assert.Equal((int)ExitCode.Failed, result.ExitCode);
        Assert.Equal("Fail2banRefused", result.Json.GetProperty("errorId").GetString());
        Assert.Empty(Directory.GetFiles(_network.Folder, "replexon*", SearchOption.AllDirectories));
        Assert.DoesNotContain("replexon", _network.Client("status"), StringComparison.Ordinal);
    }

    private HashSet<string> Banned() =>
        [.. _network.Client("get", "replexon-plex", "banip").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];

    private void Refuse(string address, int times)
    {
        for (int i = 0; i < times; i++)
        {
            File.AppendAllText(Log, string.Create(CultureInfo.InvariantCulture,
                $"{DateTime.Now:MMM dd, yyyy HH:mm:ss.fff} [136529580047160] DEBUG - Completed: [{address}:{5000 + i}] 401 GET /library/sections (4 live) #{i} TLS GZIP 1ms 436 bytes\n"));
        }
    }

    private async Task<CommandResult> RunAsync(params string[] arguments)
    {
        CommandResult result = await CommandAsync(arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }

    private Task<CommandResult> CommandAsync(params string[] arguments) => RunningCommand.Start(
        [("REPLEXON_CONFIG", _folder.At("replexon.json"))], ["fail2ban", .. arguments, "--fail2ban-folder", _network.Folder]).EndAsync();

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition()) await Task.Delay(100, patience.Token);
    }
}
