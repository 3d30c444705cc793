using FsCheck;
using FsCheck.Fluent;
using RePlexOn.History;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Tests.History;

public sealed class RunRoundTripTests : IDisposable
{
    private readonly StateFolder _state = new();
    private int _count;

    [Fact]
    public void Should_give_back_every_run_as_it_was()
    {
        using var store = _state.Write();
        Prop.ForAll(Runs().ToArbitrary(), run =>
        {
            run = run with { Id = $"{_count++}{run.Id}" };
            Assert.Equal(1, store.Add([run], CancellationToken.None));
            AssertSame(run, store.Query(new RunQuery { Search = run.Id }).Single(r => r.Id == run.Id));
        }).QuickCheckThrowOnFailure();
    }

    private static void AssertSame(BackupRun expected, BackupRun actual)
    {
        Assert.Equal(expected.Databases, actual.Databases);
        Assert.Equal(expected.Databases.Select(d => d.CapturedAt.Offset), actual.Databases.Select(d => d.CapturedAt.Offset));
        Assert.Equal(expected.Warnings, actual.Warnings);
        Assert.Equal(expected.StartedAt.Offset, actual.StartedAt.Offset);
        Assert.Equal(expected.EndedAt?.Offset, actual.EndedAt?.Offset);
        Assert.Equal(
            expected with { Number = 0, Databases = [], Warnings = [] }, actual with { Number = 0, Databases = [], Warnings = [] });
    }

    private static Gen<BackupRun> Runs() =>
        from id in Texts()
        from kind in Gen.Elements(Enum.GetValues<RunKind>())
        from trigger in Gen.Elements(Enum.GetValues<RunTrigger>())
        from status in Gen.Elements(Enum.GetValues<RunStatus>().Where(s => s != RunStatus.Running).ToArray())
        from started in Moments()
        from ended in Moments().Select(m => (DateTimeOffset?)m).Or((DateTimeOffset?)null)
        from numbers in Numbers().ListOf(6)
        from texts in Texts().Or(null!).ListOf(9)
        from required in Texts().ListOf(2)
        from exit in Gen.Elements(Enum.GetValues<ExitCode>()).Select(e => (ExitCode?)e).Or((ExitCode?)null)
        from warnings in Texts().ListOf()
        from databases in Databases().ListOf()
        from process in Gen.Choose(0, int.MaxValue)
        select new BackupRun
        {
            Id = id,
            Kind = kind,
            Trigger = trigger,
            Status = status,
            StartedAt = started,
            EndedAt = ended,
            Duration = TimeSpan.FromTicks(numbers[0]),
            FilesTotal = numbers[1],
            BytesTotal = numbers[2],
            FilesSent = numbers[3],
            FilesDeleted = numbers[4],
            BytesSent = numbers[5],
            Source = texts[0],
            Target = texts[1],
            Pass = texts[2],
            PassReason = texts[3],
            Message = texts[4],
            MachineIdentifier = texts[5],
            PlexVersion = texts[6],
            ErrorId = texts[7],
            Advice = texts[8],
            Host = required[0],
            ToolVersion = required[1],
            ExitCode = exit,
            Warnings = [.. warnings],
            Databases = [.. databases],
            ProcessId = process,
        };

    private static Gen<CapturedDatabase> Databases() =>
        from path in Texts()
        from bytes in Numbers()
        from sha in Texts()
        from at in Moments()
        from tables in Gen.Choose(0, int.MaxValue)
        select new CapturedDatabase(path, bytes, sha, at, tables);

    // Any text that UTF-8 can hold, so all but halves of surrogate pairs; NUL, newlines and quotes among them.
    private static Gen<string> Texts() =>
        Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Select(s => string.Concat((s ?? "").Where(c => !char.IsSurrogate(c)))),
            Gen.Elements("", "\0", "a\0b", "line\nline", "'; DROP TABLE runs; --", "🎬 Amélie", "\uFFFD", "100%_"));

    private static Gen<long> Numbers() =>
        Gen.OneOf(Gen.Choose(0, int.MaxValue).Select(i => (long)i), Gen.Elements(0L, 1L << 40, long.MaxValue));

    private static Gen<DateTimeOffset> Moments() =>
        from days in Gen.Choose(1, 3_000_000)
        from ticks in Gen.Choose(0, int.MaxValue)
        from minutes in Gen.Choose(-14 * 60, 14 * 60)
        select new DateTimeOffset(DateTime.MinValue.AddDays(days).AddTicks(ticks), TimeSpan.FromMinutes(minutes));

    public void Dispose() => _state.Dispose();
}

file static class GenExtensions
{
    public static Gen<T> Or<T>(this Gen<T> gen, T other) => Gen.OneOf(gen, Gen.Constant(other));
}
