using RePlexOn.History;

namespace RePlexOn.Tests.History;

public sealed class HistoryStoreTests : IDisposable
{
    private static readonly DateTimeOffset Night = new(2026, 2, 23, 3, 0, 0, TimeSpan.FromHours(1));
    private readonly StateFolder _state = new();

    [Fact]
    public void Should_find_nothing_and_make_nothing_when_read_before_the_first_run()
    {
        Assert.Empty(_state.All());
        Assert.False(Directory.Exists(_state.Path));
    }

    [Fact]
    public void Should_show_a_run_to_others_from_its_first_second()
    {
        using var store = _state.Write();
        var begun = store.Begin(StateFolder.Run());

        var seen = Assert.Single(_state.All());
        Assert.Equal(1, begun.Number);
        Assert.Equal(1, seen.Number);
        Assert.Equal(RunStatus.Running, seen.Status);
        Assert.Equal(Environment.ProcessId, seen.ProcessId);
    }

    [Fact]
    public void Should_replace_facts_lists_and_status_as_the_run_goes_on()
    {
        using var store = _state.Write();
        var run = store.Begin(StateFolder.Run() with { Warnings = ["one", "two"] });
        store.Update(run with { FilesSent = 7, Warnings = ["three"] });
        Assert.Equal(["three"], Assert.Single(_state.All()).Warnings);

        var ended = store.Finish(run with { Status = RunStatus.Succeeded, Warnings = [], FilesSent = 9, ExitCode = ExitCode.Succeeded });

        var seen = Assert.Single(_state.All());
        Assert.Equal(run.Number, ended.Number);
        Assert.Equal((RunStatus.Succeeded, 9L, ExitCode.Succeeded), (seen.Status, seen.FilesSent, seen.ExitCode!.Value));
        Assert.Empty(seen.Warnings);
    }

    [Fact]
    public void Should_number_runs_without_gaps_whatever_is_updated_between()
    {
        using var store = _state.Write();
        for (var i = 1; i <= 3; i++)
        {
            var run = store.Begin(StateFolder.Run($"run{i}"));
            store.Update(run);
            Assert.Equal(i, store.Finish(run with { Status = RunStatus.Failed }).Number);
        }
    }

    [Fact]
    public void Should_write_the_end_of_a_run_whose_row_was_taken_away()
    {
        using var store = _state.Write();
        var run = store.Begin(StateFolder.Run());
        _state.Sql("DELETE FROM runs");

        store.Finish(run with { Status = RunStatus.Succeeded });

        Assert.Equal(RunStatus.Succeeded, Assert.Single(_state.All()).Status);
    }

    [Fact]
    public void Should_keep_the_duration_when_the_clock_was_set_back()
    {
        using var store = _state.Write();
        var run = StateFolder.Run(at: Night) with
        {
            Status = RunStatus.Succeeded,
            EndedAt = Night.AddHours(-1),
            Duration = TimeSpan.FromMinutes(5),
        };
        store.Finish(run);

        var seen = Assert.Single(_state.All());
        Assert.Equal(TimeSpan.FromMinutes(5), seen.Duration);
        Assert.Equal(Night.AddHours(-1), seen.EndedAt);
    }

    [Fact]
    public void Should_order_by_the_moment_of_start_not_by_its_local_text()
    {
        using var store = _state.Write();
        store.Finish(StateFolder.Run("later", RunStatus.Succeeded, at: new(2026, 10, 25, 2, 10, 0, TimeSpan.FromHours(1))));
        store.Finish(StateFolder.Run("earlier", RunStatus.Succeeded, at: new(2026, 10, 25, 2, 50, 0, TimeSpan.FromHours(2))));

        Assert.Equal(["later", "earlier"], _state.All().Select(r => r.Id));
    }

    [Fact]
    public void Should_filter_by_kind_status_and_time()
    {
        using var store = _state.Write();
        store.Finish(StateFolder.Run("a", RunStatus.Succeeded, RunKind.Mirror, Night));
        store.Finish(StateFolder.Run("b", RunStatus.Failed, RunKind.Mirror, Night.AddDays(1)));
        store.Finish(StateFolder.Run("c", RunStatus.Succeeded, RunKind.Snapshot, Night.AddDays(2)));

        string[] Ids(RunQuery query) => [.. store.Query(query).Select(r => r.Id)];
        Assert.Equal(["b", "a"], Ids(new RunQuery { Kinds = [RunKind.Mirror] }));
        Assert.Equal(["c", "a"], Ids(new RunQuery { Statuses = [RunStatus.Succeeded] }));
        Assert.Equal(["b", "a"], Ids(new RunQuery { Kinds = [], Statuses = [], Before = Night.AddDays(2) }));
        Assert.Equal(["c", "b"], Ids(new RunQuery { After = Night.AddDays(1) }));
        Assert.Equal(["b"], Ids(new RunQuery { Kinds = [RunKind.Mirror], Last = 1 }));
        Assert.Empty(Ids(new RunQuery { Last = 0 }));
        Assert.Equal("a", store.Last(RunKind.Mirror, RunStatus.Succeeded, RunStatus.Warning)!.Id);
        Assert.Equal("b", store.Last(RunKind.Mirror)!.Id);
        Assert.Null(store.Last(RunKind.Restore));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Query(new RunQuery { Last = -1 }));
    }

    [Theory]
    [InlineData("100%", "full")]
    [InlineData("a_b", "under")]
    [InlineData("it's", "quote")]
    [InlineData("a&b", "ampersand")]
    [InlineData("\\", "backslash")]
    [InlineData("zürich", "umlaut")]
    [InlineData("NAS.LOCAL", "target")]
    [InlineData("ID-9", "id-9")]
    public void Should_search_for_the_text_as_it_is(string search, string found)
    {
        using var store = _state.Write();
        BackupRun Ended(string id) => StateFolder.Run(id, RunStatus.Failed);
        store.Add(
            [
                Ended("full") with { Message = "the disk is 100% full" },
                Ended("decoy") with { Message = "100 files, aXb", Warnings = ["a b"] },
                Ended("under") with { Warnings = ["fine", "file a_b is gone"] },
                Ended("quote") with { Message = "it's gone" },
                Ended("ampersand") with { Warnings = ["a&b"] },
                Ended("backslash") with { Message = @"C:\" },
                Ended("umlaut") with { Message = "ZÜRICH" },
                Ended("target") with { Target = "rsync://nas.local/plex" },
                Ended("id-9"),
            ],
            CancellationToken.None);

        Assert.Equal([found], store.Query(new RunQuery { Search = search }).Select(r => r.Id));
    }

    [Fact]
    public void Should_give_every_run_once_over_many_pages_also_when_starts_are_equal()
    {
        using var store = _state.Write();
        store.Add(Enumerable.Range(0, 1000).Select(i => StateFolder.Run($"{i:d4}", RunStatus.Succeeded, at: Night.AddDays(i / 300))), CancellationToken.None);

        var ids = store.Query(new RunQuery()).Select(r => r.Id).ToList();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i:d4}").Reverse(), ids);
        Assert.Equal(ids.Take(450), store.Query(new RunQuery { Last = 450 }).Select(r => r.Id));
    }

    [Fact]
    public void Should_let_a_consumer_write_and_others_fold_the_log_while_it_reads()
    {
        using var store = _state.Write();
        store.Add(Enumerable.Range(0, 500).Select(i => StateFolder.Run($"{i}", RunStatus.Failed)), CancellationToken.None);

        foreach (var run in store.Query(new RunQuery { Last = 250 }))
            store.Finish(run with { Message = "seen" });

        Assert.Equal(250, store.Query(new RunQuery { Search = "seen" }).Count());
    }

    [Fact]
    public void Should_add_foreign_runs_once_and_all_or_none()
    {
        using var store = _state.Write();
        BackupRun[] runs = [StateFolder.Run("a", RunStatus.Failed), StateFolder.Run("b", RunStatus.Succeeded)];
        Assert.Equal(2, store.Add(runs, CancellationToken.None));
        Assert.Equal(0, store.Add(runs, CancellationToken.None));

        Assert.Throws<ArgumentException>(
            () => store.Add([StateFolder.Run("c", RunStatus.Failed), StateFolder.Run("d")], CancellationToken.None));
        using var cancelled = new CancellationTokenSource();
        IEnumerable<BackupRun> Cancelling()
        {
            yield return StateFolder.Run("e", RunStatus.Failed);
            cancelled.Cancel();
            yield return StateFolder.Run("f", RunStatus.Failed);
        }

        Assert.Throws<OperationCanceledException>(() => store.Add(Cancelling(), cancelled.Token));
        Assert.Equal(2, _state.All().Count);
    }

    [Fact]
    public async Task Should_serve_readers_while_a_run_writes()
    {
        using var store = _state.Write();
        var run = store.Begin(StateFolder.Run());
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var last = 0L;
            while (!done.IsCancellationRequested)
            {
                var seen = Assert.Single(_state.All());
                // The row and its list are of one moment, and time does not run backwards.
                Assert.Equal(seen.FilesSent, seen.Warnings.Count);
                Assert.InRange(seen.FilesSent, last, long.MaxValue);
                last = seen.FilesSent;
            }

            return last;
        })).ToArray();

        for (var i = 1; i <= 50; i++) store.Update(run with { FilesSent = i, Warnings = [.. Enumerable.Repeat("w", i)] });
        await done.CancelAsync();

        await Task.WhenAll(readers);
        Assert.Equal(50, Assert.Single(_state.All()).FilesSent);
    }

    [Fact]
    public async Task Should_let_several_writers_open_and_record_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(w => Task.Run(() =>
        {
            using var store = _state.Write();
            Assert.Null(store.SetAside);
            for (var i = 0; i < 5; i++)
            {
                var run = store.Begin(StateFolder.Run($"{w}-{i}"));
                store.Finish(run with { Status = RunStatus.Succeeded });
            }
        })));

        Assert.Equal(Enumerable.Range(1, 30).Select(n => (long)n), _state.All().Select(r => r.Number).Order());
    }

    [Fact]
    public void Should_refuse_what_makes_no_sense()
    {
        using var store = _state.Write();
        Assert.Throws<ArgumentException>(() => store.Begin(StateFolder.Run(status: RunStatus.Failed)));
        Assert.Throws<ArgumentException>(() => store.Update(StateFolder.Run(status: RunStatus.Failed)));
        Assert.Throws<ArgumentException>(() => store.Finish(StateFolder.Run()));
        using var reader = _state.Read();
        Assert.Throws<InvalidOperationException>(() => reader.Begin(StateFolder.Run()));
    }

    public void Dispose() => _state.Dispose();
}
