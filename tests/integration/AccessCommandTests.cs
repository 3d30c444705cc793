using System.Globalization;
using System.Text.Json;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary><c>replexon access</c> on a log that grows and is rotated.</summary>
public sealed class AccessCommandTests : IDisposable
{
    private const int Kill = 9;
    private const int Interrupt = 2;
    private const string Token = "s3cr3tTokenAbcDef123";

    private readonly ScratchFolder _folder = new();
    private DateTime _moment = new(2026, 2, 6, 12, 0, 0, DateTimeKind.Unspecified);
    private int _requests;

    private string Log => _folder.At("Plex Media Server.log");

    public AccessCommandTests() => _folder.File("replexon.json", $$"""{ "stateDirectory": "{{_folder.At("state")}}" }""");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_count_each_line_once_though_it_is_killed_again_and_again()
    {
        Append(10);
        for (int round = 0; round < 8; round++)
        {
            RunningCommand watch = Start("watch", "--log", Log);
            for (int i = 0; i < 10; i++)
            {
                Append(20);
                await Task.Delay(20 * (round + 1));
                if (i == 5) Rotate();
            }

            watch.Signal(round % 2 == 0 ? Kill : Interrupt);
            CommandResult end = await watch.EndAsync();
            if (round % 2 == 1) Assert.True(end.ExitCode == (int)ExitCode.Cancelled, end.ToString());
            // What was rotated meanwhile must be read before it is rotated away.
            Assert.Equal(0, (await RunAsync("watch", "--once", "--log", Log)).ExitCode);
        }

        JsonElement found = Assert.Single((await RunAsync("suspicious", "--recorded", "--json")).Json.EnumerateArray());
        Assert.Equal(_requests, found.GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task Should_print_what_it_found_and_no_token()
    {
        Append(3);
        CommandResult text = await RunAsync("suspicious", "--log", Log), json = await RunAsync("suspicious", "--log", Log, "--json");
        CommandResult events = await RunAsync("events", "--log", Log, "--status", "404"), listed = await RunAsync("events", "--log", Log, "--last", "2", "--json");
        CommandResult watched = await RunAsync("watch", "--once", "--log", Log, "--json");

        Assert.Contains("203.0.113.9: Traversal 3; 2026-02-06 12:00:01 to 2026-02-06 12:00:03", text.Output, StringComparison.Ordinal);
        Assert.Equal("203.0.113.9", json.Json[0].GetProperty("address").GetString());
        Assert.Equal(2, listed.Json.GetArrayLength());
        Assert.Equal("Traversal", listed.Json[1].GetProperty("reason").GetString());
        Assert.Equal(3, watched.Json[0].GetProperty("requests").GetInt32());
        Assert.Contains("[redacted]", events.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, $"{text}{json}{events}{listed}{watched}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_what_is_missing()
    {
        CommandResult none = await RunAsync("suspicious", "--log", Log, "--json");
        Assert.Equal("PlexLogMissing", none.Json.GetProperty("errorId").GetString());

        _folder.File("Plex Media Server.log", "Feb 06, 2026 12:00:00.000 [1] INFO - Plex Media Server v1.43.0\n");
        CommandResult empty = await RunAsync("suspicious", "--log", Log);
        Assert.Equal(0, empty.ExitCode);
        Assert.Contains("debug logging", empty.Errors, StringComparison.Ordinal);
    }

    private RunningCommand Start(params string[] arguments) =>
        RunningCommand.Start([("REPLEXON_CONFIG", _folder.At("replexon.json"))], ["access", .. arguments]);

    private Task<CommandResult> RunAsync(params string[] arguments) => Start(arguments).EndAsync();

    private void Append(int requests)
    {
        for (int i = 0; i < requests; i++)
        {
            _moment = _moment.AddSeconds(1);
            _requests++;
            string head = string.Create(CultureInfo.InvariantCulture, $"{_moment:MMM dd, yyyy HH:mm:ss.fff} [1365] DEBUG - ");
            string what = $"GET /web/../../etc/passwd?X-Plex-Token={Token} (4 live) #{_requests:x} TLS GZIP";
            File.AppendAllText(Log, $"{head}Request: [203.0.113.9:6000 (WAN)] {what} Signed-in\n{head}Completed: [203.0.113.9:6000] 404 {what} 1ms 436 bytes\n");
        }
    }

    private void Rotate()
    {
        for (int i = 4; i >= 1; i--)
        {
            if (File.Exists(Rotated(i))) File.Move(Rotated(i), Rotated(i + 1), overwrite: true);
        }

        File.Move(Log, Rotated(1));

        string Rotated(int number) => _folder.At($"Plex Media Server.{number}.log");
    }
}
