using RePlexOn.Backup;

namespace RePlexOn.Tests.Backup;

public sealed class SideBySideTests
{
    private static RePlexOnException Trouble(string id) => new(id, ExitCode.Failed, "It went wrong.", "Mend it.");

    [Fact]
    public async Task Should_make_all_at_the_same_time()
    {
        var both = new TaskCompletionSource();
        int begun = 0;
        async Task Meet(CancellationToken stop)
        {
            if (Interlocked.Increment(ref begun) == 2) both.SetResult();
            await both.Task.WaitAsync(TimeSpan.FromMinutes(1), stop);
        }

        await SideBySide.RunAsync([Meet, Meet], CancellationToken.None);
    }

    [Fact]
    public async Task Should_make_later_what_the_target_has_no_connection_for()
    {
        var log = new List<string>();
        bool first = true;
        await SideBySide.RunAsync(
            [
                async _ =>
                {
                    await Task.Delay(50, CancellationToken.None);
                    log.Add("long");
                },
                _ =>
                {
                    log.Add(first ? "refused" : "made");
                    if (!first) return Task.CompletedTask;
                    first = false;
                    throw Trouble("TargetBusy");
                },
            ],
            CancellationToken.None);

        Assert.Equal(["refused", "long", "made"], log);
    }

    [Fact]
    public async Task Should_tell_that_the_target_is_busy_when_it_stays_so()
    {
        var error = await Assert.ThrowsAsync<RePlexOnException>(
            () => SideBySide.RunAsync([_ => throw Trouble("TargetBusy"), _ => Task.CompletedTask], CancellationToken.None));
        Assert.Equal("TargetBusy", error.ErrorId);
    }

    [Fact]
    public async Task Should_stop_the_others_when_one_fails_and_tell_why_that_one_did()
    {
        bool stopped = false;
        var error = await Assert.ThrowsAsync<RePlexOnException>(() => SideBySide.RunAsync(
            [
                async stop =>
                {
                    await Task.WhenAny(Task.Delay(TimeSpan.FromMinutes(1), stop));
                    stopped = stop.IsCancellationRequested;
                },
                async _ =>
                {
                    await Task.Yield();
                    throw Trouble("NoRoom");
                },
            ],
            CancellationToken.None));

        Assert.Equal("NoRoom", error.ErrorId);
        Assert.True(stopped);
    }

    [Fact]
    public async Task Should_stop_all_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        Task running = SideBySide.RunAsync(
            [token => Task.Delay(TimeSpan.FromMinutes(1), token), token => Task.Delay(TimeSpan.FromMinutes(1), token)], stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
