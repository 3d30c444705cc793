using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Net;
using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.History;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Backup;

public sealed class RunLockTests : IDisposable
{
    // Takes the lock as a run does, writes the note it is given, and starts what is told to outlive it.
    private const string FakeRun = """
        exec 9<>"$1"; flock 9; echo $$; read -r note; printf %s "$note" >"$1"; shift
        "$@" & echo $!; wait
        """;

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rpx-lock-");
    private readonly List<int> _started = [];

    private string State => Path.Combine(_folder.FullName, "state\nof 'mine'");

    private string LockFile => Path.Combine(State, "run.lock");

    [Fact]
    public void Should_let_one_run_in_and_the_next_after_it()
    {
        using (Take()) Assert.Contains("\"what\":\"Mirror\"", Note(), StringComparison.Ordinal);
        Assert.Empty(Note());
        Take().Dispose();
        Assert.True(File.Exists(LockFile));
    }

    [Fact]
    public void Should_tell_who_holds_it_since_when()
    {
        var time = new History.FixedTime(new(2026, 2, 23, 3, 0, 12, TimeSpan.FromHours(1)));
        using var held = RunLock.Acquire(State, "Mirror", time, Long);

        var failure = Assert.Throws<RePlexOnException>(() => Take());

        Assert.Equal(("Locked", ExitCode.Locked), (failure.ErrorId, failure.ExitCode));
        Assert.Equal(
            $"A run (Mirror, process {Environment.ProcessId}) has been under way since 2026-02-23 03:00:12 +01:00.",
            failure.Message);
    }

    [Fact]
    public void Should_last_in_a_child_and_be_given_up_for_it_too()
    {
        var run = Take();
        var child = Sleep();
        try
        {
            using (var file = FileLock.OnFile(LockFile))
            {
                // Other tests may start programs meanwhile, and these hold it too.
                var holders = LockHolder.Of(file).Select(h => h.Id).ToList();
                Assert.Contains(Environment.ProcessId, holders);
                Assert.Contains(child, holders);
            }

            run.Dispose();

            Take().Dispose();
            Assert.NotNull(ProcessStamp.Of(child));
        }
        finally
        {
            run.Dispose();
        }
    }

    [Fact]
    public void Should_take_it_at_once_after_a_run_was_killed()
    {
        var (run, child) = StartRun(Named("other"));
        Kill(child);
        Kill(run);

        Take(Short).Dispose();
    }

    [Fact]
    public void Should_not_be_let_in_while_a_run_lives_although_its_rsync_holds_on()
    {
        var (_, child) = StartRun(Named("rsync"));

        var failure = Assert.Throws<RePlexOnException>(() => Take(Short));

        Assert.Contains("(Mirror, process", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(ProcessStamp.Of(child));
    }

    [Fact]
    public async Task Should_end_a_real_rsync_that_outlived_its_run()
    {
        // A server that says nothing keeps rsync waiting.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var (run, rsync) = StartRun("rsync", $"rsync://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/module/");
        using var connection = await silent.AcceptSocketAsync();
        Kill(run);

        Take().Dispose();

        Assert.True(IsGone(rsync));
    }

    [Fact]
    public void Should_ask_an_orphan_to_end_before_it_is_killed()
    {
        var asked = Path.Combine(_folder.FullName, "asked");
        var (run, child) = StartRun(
            "perl", "-e", "$SIG{TERM} = sub { mkdir $ARGV[0]; exit }; $0 = 'rsync'; sleep 600", asked);
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{child}/comm") == "rsync\n", Long));
        Kill(run);

        Take().Dispose();

        Assert.True(Directory.Exists(asked));
    }

    [Fact]
    public void Should_kill_an_orphan_that_does_not_listen()
    {
        var (run, child) = StartRun("sh", "-c", "trap '' TERM; exec \"$0\" 600", Named("ssh")[0]);
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{child}/comm") == "ssh\n", Long));
        Kill(run);

        Take(Short).Dispose();

        Assert.True(IsGone(child));
    }

    [Fact]
    public void Should_spare_and_name_what_is_no_copying_program()
    {
        var (run, child) = StartRun(Named("browser"));
        Kill(run);

        var failure = Assert.Throws<RePlexOnException>(() => Take(Short));

        Assert.Equal("Locked", failure.ErrorId);
        Assert.Contains($"browser (process {child})", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"kill {child}", failure.Advice, StringComparison.Ordinal);
        Assert.NotNull(ProcessStamp.Of(child));
    }

    [Fact]
    public async Task Should_let_just_one_in_of_many_that_wait_for_the_same_orphan()
    {
        var (run, _) = StartRun(Named("rsync"));
        Kill(run);

        var held = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            try
            {
                return Take();
            }
            catch (RePlexOnException e) when (e.ErrorId == "Locked")
            {
                return null;
            }
        })));

        Assert.Single(held, run => run is not null);
        foreach (var taken in held) taken?.Dispose();
    }

    [Theory]
    [InlineData("{\"process\":")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\0\u0001")]
    public void Should_not_care_what_a_free_lock_file_holds(string note)
    {
        Directory.CreateDirectory(State);
        File.WriteAllText(LockFile, note);

        using var run = Take(Short);
        Assert.StartsWith("{\"process\":{\"id\":", Note(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_stop_waiting_when_cancelled()
    {
        var (run, _) = StartRun(Named("browser"));
        Kill(run);
        using var cancelled = new CancellationTokenSource(Short);

        Assert.Throws<OperationCanceledException>(
            () => RunLock.Acquire(State, "Mirror", TimeProvider.System, Long, cancellation: cancelled.Token));
    }

    [Fact]
    public void Should_be_the_owners_alone()
    {
        Take().Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LockFile));
    }

    [Fact]
    public void Should_say_that_the_state_directory_cannot_be_written()
    {
        File.WriteAllText(State, "");
        var failure = Assert.Throws<RePlexOnException>(() => Take());
        Assert.Equal(("StateNotWritable", ExitCode.Usage), (failure.ErrorId, failure.ExitCode));
    }

    private RunLock Take(TimeSpan? patience = null) => RunLock.Acquire(State, "Mirror", TimeProvider.System, patience ?? Long);

    private string Note()
    {
        using var cat = Process.Start(new ProcessStartInfo("cat", [LockFile]) { RedirectStandardOutput = true })!;
        return cat.StandardOutput.ReadToEnd();
    }

    private string[] Named(string name)
    {
        var program = Path.Combine(_folder.FullName, name);
        ScratchFolder.Sleeper(program);
        return [program, "600"];
    }

    private int Sleep()
    {
        using var process = Process.Start("sleep", ["600"]);
        _started.Add(process.Id);
        return process.Id;
    }

    private (int Run, int Child) StartRun(params string[] child)
    {
        Directory.CreateDirectory(State);
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", FakeRun, "run", LockFile, .. child])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var run = int.Parse(shell.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        _started.Add(run);
        var stamp = ProcessStamp.Of(run)!;
        shell.StandardInput.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"process":{"id":{{stamp.Id}},"startTicks":{{stamp.StartTicks}},"bootId":"{{stamp.BootId}}"},"since":"2026-02-23T03:00:12+01:00","what":"Mirror","runId":null}"""));
        var started = int.Parse(shell.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        _started.Add(started);
        return (run, started);
    }

    private static bool IsGone(int id) => SpinWait.SpinUntil(() => ProcessStamp.Of(id) is null, Long);

    private void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended.
        }

        Assert.True(IsGone(id));
        _started.Remove(id);
    }

    public void Dispose()
    {
        foreach (var id in _started.ToArray()) Kill(id);
        _folder.Delete(recursive: true);
    }
}
