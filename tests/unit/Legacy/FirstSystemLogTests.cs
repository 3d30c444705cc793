using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RePlexOn.History;
using RePlexOn.Legacy;

namespace RePlexOn.Tests.Legacy;

/// <summary>Thirteen years of the first system, made by bench/first-log.py, which says what really happened.</summary>
public sealed class FirstSystemLogTests : IDisposable
{
    private readonly LegacyScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Should_read_every_run_and_invent_none()
    {
        JsonElement[] truth = Generate(5000);
        LegacyImportResult result = _scene.Import();

        Assert.Equal(truth.Length, result.Added);
        Assert.Equal(0, result.Known + result.LeftOut + result.Replaced);
        Assert.Empty(result.Notes);
        Assert.Equal(truth.Select(Told).Order(StringComparer.Ordinal), _scene.Runs.Select(Told).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_add_nothing_the_second_time_whatever_the_log_is_called()
    {
        Generate(300);
        LegacyImportResult first = _scene.Import();
        LegacyImportResult again = _scene.Import();
        string copy = _scene.At("copy");
        File.Copy(_scene.Log, copy);
        LegacyImportResult copied = new LogImport(_scene.Time).Run(_scene.Options() with { Path = copy, TrackingPath = _scene.Tracking });

        Assert.Equal((0, 0L), (again.Added, again.BytesRead));
        Assert.Equal((0, first.Added), (copied.Added, copied.Known));
        Assert.Equal(first.Added, _scene.Runs.Count);
    }

    [Fact]
    public void Should_read_the_same_in_one_go_as_bit_by_bit()
    {
        Generate(400);
        byte[] log = File.ReadAllBytes(_scene.Log);
        _scene.Import();
        string[] atOnce = [.. _scene.Runs.Select(Told)];

        using var other = new LegacyScene();
        File.Copy(_scene.Tracking, other.Tracking);
        var random = new Random(7);
        for (int at = 0; at < log.Length;)
        {
            int next = Math.Min(log.Length, at + 1 + random.Next(log.Length / 20));
            other.AppendBytes(log[at..next]);
            other.Import();
            at = next;
        }

        Assert.Equal(atOnce, other.Runs.Select(Told));
    }

    private JsonElement[] Generate(int runs)
    {
        string truth = _scene.At("truth.json");
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true };
        foreach (string argument in new[]
        {
            Path.Combine(Root(), "bench", "first-log.py"), "--log", _scene.Log, "--tracking", _scene.Tracking, "--truth", truth,
            "--runs", runs.ToString(CultureInfo.InvariantCulture), "--lines", "20",
        })
        {
            start.ArgumentList.Add(argument);
        }

        using Process python = Process.Start(start)!;
        python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.Equal(0, python.ExitCode);
        return [.. JsonDocument.Parse(File.ReadAllBytes(truth)).RootElement.EnumerateArray()];
    }

    private static string Told(JsonElement run) => run.TryGetProperty("day", out JsonElement day)
        ? $"{run.GetProperty("kind")} {run.GetProperty("status")} on {day}"
        : Line(
            run.GetProperty("kind").GetString()!, run.GetProperty("status").GetString()!, run.GetProperty("start").GetDateTimeOffset(),
            run.GetProperty("end").GetDateTimeOffset(), run.GetProperty("seconds").GetDouble(), run.GetProperty("sent").GetInt64(),
            run.GetProperty("total").GetInt64());

    private static string Told(BackupRun run) => run.Message!.Contains("at some time of this day", StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"{run.Kind} {run.Status} on {run.StartedAt:yyyy-MM-dd}")
        : Line(run.Kind.ToString(), run.Status.ToString(), run.StartedAt, run.EndedAt!.Value, run.Duration.TotalSeconds, run.BytesSent, run.BytesTotal);

    private static string Line(
        string kind, string status, DateTimeOffset start, DateTimeOffset end, double seconds, long sent, long total) => string.Create(
            CultureInfo.InvariantCulture, $"{start:O} {kind} {status} until {end:O} {seconds} s, sent {sent}, total {total}");

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RePlexOn.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
