using System.Text.RegularExpressions;
using RePlexOn.Backup;
using RePlexOn.History;
using RePlexOn.Reports;

namespace RePlexOn.Tests.Reports;

public sealed partial class ReportExportTests : IDisposable
{
    private readonly ReportScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Should_tell_how_each_day_went()
    {
        await _scene.ScheduleAsync();
        _scene.AddThreeMonths();

        (ReportResult result, string page) = await _scene.ExportAsync();

        Assert.Equal(BackupHealth.Healthy, result.Health);
        Assert.Equal(new DateOnly(2026, 8, 25), result.From);
        Assert.Contains("title=\"2026-10-18: failed (1 run, 1 failed)\"", page, StringComparison.Ordinal);
        Assert.Contains("title=\"2026-10-20: good and bad runs (2 runs, 1 failed)\"", page, StringComparison.Ordinal);
        Assert.Contains("title=\"2026-11-10: good, with warnings (1 run, 0 failed)\"", page, StringComparison.Ordinal);
        Assert.Contains("title=\"2026-11-16: due, and not begun (no runs)\"", page, StringComparison.Ordinal);
        Assert.Contains("title=\"2026-11-22: good (2 runs, 0 failed)\"", page, StringComparison.Ordinal);
        Assert.Equal(90, DayCells().Count(page));
    }

    [Fact]
    public async Task Should_call_no_day_missed_before_its_time_is_over()
    {
        await _scene.ScheduleAsync();
        _scene.Add(_scene.Run(1));
        _scene.Time.Now = new DateTimeOffset(2026, 11, 22, 3, 30, 0, TimeSpan.FromHours(1));

        Assert.Contains("title=\"2026-11-22: nothing to do (no runs)\"", (await _scene.ExportAsync()).Page, StringComparison.Ordinal);
        _scene.Time.Now = _scene.Time.Now.AddHours(2);
        Assert.Contains("title=\"2026-11-22: due, and not begun (no runs)\"", (await _scene.ExportAsync()).Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("\"><img src=x onerror=alert(1)>", "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;")]
    [InlineData("'&amp;</style></title>", "&#39;&amp;amp;&lt;/style&gt;&lt;/title&gt;")]
    [InlineData("a\u202egpj.exe\u0007b", "a\ufffdgpj.exe\ufffdb")]
    [InlineData("日本 👩‍👧 é", "日本 👩‍👧 é")]
    public async Task Should_escape_whatever_a_run_says(string text, string shown)
    {
        _scene.Add(_scene.Run(0, RunStatus.Failed) with { Message = text, Advice = text, Target = text, Source = text, Host = text, Warnings = [text] });

        string page = (await _scene.ExportAsync()).Page;

        Assert.Contains($"<td class=\"wide\">{shown}<p class=\"advice\">{shown}</p><ul class=\"warnings\"><li>{shown}</li></ul></td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Should_fetch_nothing_and_allow_no_script()
    {
        _scene.AddThreeMonths();

        string page = (await _scene.ExportAsync()).Page;

        Assert.DoesNotMatch("(?i)(src|href)=\"(?!data:)|url\\(|@import|<script|style=|\\son[a-z]+=", page);
        Assert.Contains("content=\"default-src 'none'; style-src 'sha256-", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_why_a_target_did_not_tell_its_snapshots()
    {
        using var scene = new ReportScene("rsync://user@127.0.0.1:1/plex");
        scene.Add(scene.Run(0));

        (ReportResult result, string page) = await scene.ExportAsync();

        Assert.Null(result.Snapshots);
        Assert.Contains("127.0.0.1", result.Trouble, StringComparison.Ordinal);
        Assert.Contains("The target did not tell its snapshots.", page, StringComparison.Ordinal);
        Assert.Contains("All is well", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_why_each_snapshot_is_kept()
    {
        _scene.AddSnapshots();

        (ReportResult result, string page) = await _scene.ExportAsync();

        Assert.Equal((5, null), (result.Snapshots, result.Trouble));
        Assert.Contains(">2026-11-22_030200<", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"tag warn\">Partial</span>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"wide\">weekly", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_make_a_report_of_nothing()
    {
        (ReportResult result, string page) = await _scene.ExportAsync(_scene.Options with { SkipTarget = true });

        Assert.Equal((BackupHealth.NeverRun, 0, null, null), (result.Health, result.Runs, result.Snapshots, result.Trouble));
        Assert.Contains("No backup yet", page, StringComparison.Ordinal);
        Assert.Contains("The target was not asked.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_list_the_newest_runs_alone()
    {
        _scene.AddThreeMonths();

        string page = (await _scene.ExportAsync(_scene.Options with { Runs = 3, Days = 10 })).Page;

        Assert.Equal(3, page.Split("<th scope=\"row\"><time>").Length - 1);
        Assert.Equal(10, DayCells().Count(page));
    }

    [Fact]
    public async Task Should_replace_a_report_but_nothing_else()
    {
        await _scene.ExportAsync();
        File.SetUnixFileMode(_scene.File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await _scene.ExportAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_scene.File));

        await File.WriteAllTextAsync(_scene.File, "my diary");
        var refusal = await Assert.ThrowsAsync<RePlexOnException>(() => _scene.ExportAsync());
        Assert.Equal(("ReportFileTaken", ExitCode.Usage), (refusal.ErrorId, refusal.ExitCode));
        Assert.Equal("my diary", await File.ReadAllTextAsync(_scene.File));
        await _scene.ExportAsync(_scene.Options with { Overwrite = true });
    }

    [Theory]
    [InlineData("no such folder/report.html")]
    [InlineData("nas")]
    public async Task Should_say_where_a_report_cannot_be_written(string place)
    {
        _scene.Folder("nas");

        var refusal = await Assert.ThrowsAsync<RePlexOnException>(
            () => _scene.ExportAsync(_scene.Options with { Path = _scene.At(place) }));

        Assert.Equal("ReportNotWritten", refusal.ErrorId);
        Assert.False(Directory.Exists(_scene.At("no such folder")));
    }

    [GeneratedRegex("<td><span class=\"day ")]
    private static partial Regex DayCells();
}
