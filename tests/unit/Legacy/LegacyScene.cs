using System.Text;
using RePlexOn.History;
using RePlexOn.Legacy;
using RePlexOn.Tests.Fixtures;
using RePlexOn.Tests.History;

namespace RePlexOn.Tests.Legacy;

/// <summary>A first system's log and a history of the test's own, on a clock that stands.</summary>
internal sealed class LegacyScene : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public FixedTime Time { get; } = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

    // A name that is hard on careless code, and not the one that the first system gave it.
    public string Log => _folder.At("it's \"my\" $(log)\n.txt");

    public string Tracking => TrackingFile.BesideLog(Log);

    public string State => _folder.At("state");

    public string At(string name) => _folder.At(name);

    public LegacyScene Append(string text)
    {
        File.AppendAllText(Log, text);
        return this;
    }

    public LegacyScene AppendLines(params string[] lines) => Append(string.Join('\n', lines) + "\n");

    public void AppendBytes(byte[] bytes)
    {
        using var file = new FileStream(Log, FileMode.Append);
        file.Write(bytes);
    }

    public void AppendLatin1(string text) => AppendBytes(Encoding.Latin1.GetBytes(text));

    /// <summary>Has nothing been written to the log for days.</summary>
    public LegacyScene Rest()
    {
        File.SetLastWriteTimeUtc(Log, Time.Now.UtcDateTime.AddDays(-3));
        return this;
    }

    public LogImportOptions Options(string? zone = null) => new()
    {
        StateDirectory = State, Path = Log, TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone ?? "UTC"),
    };

    public LegacyImportResult Import(string? zone = null, bool dryRun = false) =>
        new LogImport(Time).Run(Options(zone) with { DryRun = dryRun });

    public LegacyImportResult ImportDatabase(string path, string? zone = null, bool dryRun = false) =>
        new HistoryImport(Time).RunAsync(new HistoryImportOptions
        {
            StateDirectory = State, Path = path, TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone ?? "UTC"), DryRun = dryRun,
        }).GetAwaiter().GetResult();

    /// <summary>All runs, the oldest first.</summary>
    public List<BackupRun> Runs
    {
        get
        {
            using HistoryStore history = HistoryStore.Open(State, HistoryAccess.Read, Time);
            return [.. history.Query(new RunQuery()).Reverse()];
        }
    }

    /// <summary>The lines of a run that went well.</summary>
    public static string GoodRun(string day, string start = "03:00:01", string end = "03:13:23") =>
        $"""
        === Plex Backup Started: Mon Feb {day} {start} EST 2026 ===
        sending incremental file list
        Metadata/a/b.jpg

        sent 24,265,611 bytes  received 114,210,946 bytes  1,234.00 bytes/sec
        total size is 8,081,447,228  speedup is 58.36
        === Plex Backup Completed Successfully: Mon Feb {day} {end} EST 2026 ===

        """;

    public void Dispose() => _folder.Dispose();
}
