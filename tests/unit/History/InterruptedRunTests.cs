using System.Diagnostics;
using System.Globalization;
using RePlexOn.History;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.History;

public sealed class InterruptedRunTests : IDisposable
{
    private static readonly DateTimeOffset LastSeen = new(2026, 2, 23, 3, 12, 45, TimeSpan.FromHours(1));
    private readonly StateFolder _state = new();
    private readonly Process _process = Process.Start("sleep", ["600"]);

    /// <summary>Leaves a run behind that the child process seems to have begun.</summary>
    private void BeginAsChild(Func<ProcessStamp, ProcessStamp>? change = null)
    {
        var stamp = ProcessStamp.Of(_process.Id)!;
        stamp = change?.Invoke(stamp) ?? stamp;
        using var store = _state.Write(new FixedTime(LastSeen));
        store.Begin(StateFolder.Run() with { Duration = TimeSpan.FromMinutes(12), Warnings = ["kept"] });
        _state.Sql(string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE runs SET process_id = {stamp.Id}, process_start = {stamp.StartTicks}, boot_id = '{stamp.BootId}'"));
    }

    [Fact]
    public void Should_leave_a_run_alone_whose_process_lives()
    {
        BeginAsChild();
        using var store = _state.Write();

        Assert.Empty(store.MarkInterrupted());
        Assert.Equal(RunStatus.Running, Assert.Single(_state.All()).Status);
    }

    [Fact]
    public void Should_record_a_killed_run_as_interrupted_when_it_was_last_seen()
    {
        BeginAsChild();
        Kill();
        using var store = _state.Write();

        var marked = Assert.Single(store.MarkInterrupted());

        var seen = Assert.Single(_state.All());
        Assert.Equal(RunStatus.Interrupted, seen.Status);
        Assert.Equal(LastSeen, seen.EndedAt);
        Assert.Equal(LastSeen.Offset, seen.EndedAt!.Value.Offset);
        Assert.Equal(TimeSpan.FromMinutes(12), seen.Duration);
        Assert.Equal((ExitCode.Failed, "Interrupted"), (seen.ExitCode!.Value, seen.ErrorId));
        Assert.Equal(["kept"], seen.Warnings);
        Assert.Equal(
            $"Ended without a word: its process {_process.Id} was killed or crashed. Last seen at 2026-02-23 03:12:45 +01:00.",
            seen.Message);
        Assert.Equal(seen.Message, marked.Message);
        Assert.Empty(store.MarkInterrupted());
    }

    [Fact]
    public void Should_show_a_killed_run_as_interrupted_to_readers_and_write_nothing()
    {
        BeginAsChild();
        Kill();
        using var reader = _state.Read();

        Assert.Equal(RunStatus.Interrupted, Assert.Single(reader.Query(new RunQuery())).Status);
        Assert.Single(reader.Query(new RunQuery { Statuses = [RunStatus.Interrupted] }));
        Assert.Empty(reader.Query(new RunQuery { Statuses = [RunStatus.Running] }));
        Assert.Single(reader.Query(new RunQuery { Search = "killed or crashed" }));
        using var writer = _state.Write();
        Assert.Single(writer.MarkInterrupted());
    }

    [Fact]
    public void Should_not_be_fooled_by_another_process_of_the_same_number()
    {
        BeginAsChild(stamp => stamp with { StartTicks = stamp.StartTicks - 1 });
        Assert.Equal(RunStatus.Interrupted, Assert.Single(_state.All()).Status);
    }

    [Fact]
    public void Should_see_that_the_machine_was_restarted()
    {
        BeginAsChild(stamp => stamp with { BootId = "00000000-0000-0000-0000-000000000000" });
        using var store = _state.Write();

        Assert.Contains("the machine was restarted", Assert.Single(store.MarkInterrupted()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_take_a_zombie_for_dead()
    {
        // The child ends once the shell has become a program that knows nothing of it and so does not wait for it.
        using var parent = Process.Start(new ProcessStartInfo(
            "sh", ["-c", "until grep -q sleep /proc/$$/comm; do sleep 0.05; done & echo $!; exec sleep 600"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            var id = int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            Assert.True(SpinWait.SpinUntil(() => ProcessStamp.Of(id) is null, TimeSpan.FromSeconds(30)));
            Assert.True(Directory.Exists($"/proc/{id}"));
        }
        finally
        {
            parent.Kill();
            parent.WaitForExit();
        }
    }

    [Fact]
    public void Should_read_the_stamp_of_a_program_with_an_awkward_name()
    {
        var folder = Directory.CreateTempSubdirectory("rpx-name-");
        var program = Path.Combine(folder.FullName, "a) S (1 2");
        ScratchFolder.Sleeper(program);
        using var process = Process.Start(program, ["600"]);
        try
        {
            var stamp = ProcessStamp.Of(process.Id)!;
            Assert.InRange(stamp.StartTicks, ProcessStamp.Of(_process.Id)!.StartTicks, long.MaxValue);
            Assert.True(stamp.IsAlive());
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
            folder.Delete(recursive: true);
        }
    }

    private void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        _state.Dispose();
    }
}
