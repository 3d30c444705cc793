using System.Diagnostics;
using System.Globalization;
using RePlexOn.Processes;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Processes;

public sealed class ProgramRunnerTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly ProgramRunner _runner = new() { GracePeriod = TimeSpan.FromSeconds(1) };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_drain_a_megabyte_on_both_pipes_while_it_feeds_a_megabyte()
    {
        long output = 0, error = 0;
        var result = await _runner.RunAsync(
            Script("seq 100000 199999; seq 100000 299999 >&2; wc -c") with
            {
                WriteInput = async (stream, cancellationToken) => await stream.WriteAsync(new byte[1 << 20], cancellationToken),
            },
            line => output += line.Length + 1, line => error += line.Length + 1, CancellationToken.None);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(700_000 + 8, output);
        Assert.Equal(1_400_000, error);
        Assert.InRange(result.ErrorText.Length, 60_000, 70_000);
    }

    [Fact]
    public async Task Should_give_arguments_as_they_are()
    {
        string[] words = ["", " ", "$HOME `id`", "a\nb", "-x", "'\"\\", "*"];
        var lines = new List<string>();
        await _runner.RunAsync(new ProgramCall { Program = "printf", Arguments = ["<%q>\\n", .. words] }, lines.Add, null, CancellationToken.None);

        Assert.Equal(words.Length, lines.Count);
        Assert.Contains("<'$HOME `id`'>", lines);
        Assert.Contains(@"<'a'$'\n''b'>", lines);
    }

    [Fact]
    public async Task Should_cut_lines_at_carriage_returns_and_survive_bytes_that_are_no_text()
    {
        var lines = new List<string>();
        await _runner.RunAsync(Script(@"printf '1%%\r2%%\r\n\nbad \377 byte\nlast'"), lines.Add, null, CancellationToken.None);
        Assert.Equal(["1%", "2%", "bad \uFFFD byte", "last"], lines);
    }

    [Fact]
    public async Task Should_cut_a_line_that_never_ends()
    {
        var lengths = new List<int>();
        await _runner.RunAsync(Script("head -c 200000 /dev/zero | tr '\\0' x"), line => lengths.Add(line.Length), null, CancellationToken.None);
        Assert.Equal([65536, 65536, 65536, 3392], lengths);
    }

    [Fact]
    public async Task Should_take_it_lightly_when_the_program_does_not_read_its_input()
    {
        var call = new ProgramCall
        {
            Program = "false",
            WriteInput = async (stream, cancellationToken) => await stream.WriteAsync(new byte[1 << 20], cancellationToken),
        };
        Assert.Equal(1, (await _runner.RunAsync(call, null, null, CancellationToken.None)).ExitCode);
    }

    [Fact]
    public async Task Should_give_an_empty_input_and_no_terminal()
    {
        var lines = new List<string>();
        await _runner.RunAsync(Script("wc -c; if (: < /dev/tty) 2> /dev/null; then echo terminal; else echo none; fi"), lines.Add, null, CancellationToken.None);
        Assert.Equal(["0", "none"], lines);
    }

    [Fact]
    public async Task Should_set_variables_and_folder()
    {
        var lines = new List<string>();
        await _runner.RunAsync(
            Script("echo $GREETING; pwd") with { WorkingDirectory = _folder.Path, Environment = new Dictionary<string, string> { ["GREETING"] = "hello" } },
            lines.Add, null, CancellationToken.None);
        Assert.Equal(["hello", _folder.Path], lines);
    }

    [Fact]
    public async Task Should_say_which_program_is_missing_and_how_to_get_it()
    {
        var error = await Assert.ThrowsAsync<RePlexOnException>(
            () => _runner.RunAsync(new ProgramCall { Program = "no-such-program" }, null, null, CancellationToken.None));
        Assert.Equal("ProgramMissing", error.ErrorId);
        Assert.Contains("no-such-program", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt install", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_report_a_signal_as_128_and_its_number() =>
        Assert.Equal(137, (await _runner.RunAsync(Script("kill -KILL $$"), null, null, CancellationToken.None)).ExitCode);

    [Fact]
    public async Task Should_ask_a_cancelled_program_to_end()
    {
        var lines = new List<string>();
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _runner.RunAsync(
            Script("trap 'echo told; exit 0' TERM; echo ready; while :; do sleep 0.1; done"),
            line => { lines.Add(line); cancel.Cancel(); }, null, cancel.Token));
        Assert.Equal(["ready", "told"], lines);
    }

    [Fact]
    public async Task Should_kill_a_program_that_does_not_listen_with_all_its_children()
    {
        using var cancel = new CancellationTokenSource();
        var ids = new List<int>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _runner.RunAsync(
            Script("trap '' TERM; sleep 300 & echo $!; echo $$; while :; do sleep 0.1; done"),
            line => { ids.Add(Number(line)); if (ids.Count == 2) cancel.Cancel(); }, null, cancel.Token));
        foreach (var id in ids) await GoneAsync(id);
    }

    [Fact]
    public async Task Should_not_wait_for_a_grandchild_that_holds_the_pipes()
    {
        var ids = new List<int>();
        var result = await _runner.RunAsync(Script("sleep 300 & echo $!"), line => ids.Add(Number(line)), null, CancellationToken.None);
        Assert.Equal(0, result.ExitCode);
        using var sleeper = Process.GetProcessById(Assert.Single(ids));
        sleeper.Kill();
    }

    [Fact]
    public async Task Should_end_the_program_when_a_listener_fails()
    {
        var id = 0;
        await Assert.ThrowsAsync<FormatException>(() => _runner.RunAsync(
            Script("echo $$; echo no number; while :; do sleep 0.1; done"), line => id = Number(line), null, CancellationToken.None));
        await GoneAsync(id);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static ProgramCall Script(string script) => new() { Program = "bash", Arguments = ["-c", script] };

    /// <summary>A killed orphan may stay a zombie until somebody reaps it.</summary>
    private static async Task GoneAsync(int id)
    {
        for (var attempt = 0; File.Exists($"/proc/{id}/stat"); attempt++)
        {
            var stat = await File.ReadAllTextAsync($"/proc/{id}/stat");
            if (stat[(stat.LastIndexOf(')') + 2)..].StartsWith('Z')) return;
            Assert.True(attempt < 100, $"Process {id} is still there: {stat}");
            await Task.Delay(50);
        }
    }
}
