using System.Globalization;
using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Reports;
using RePlexOn.Schedules;
using RePlexOn.Tests.Fixtures;
using RePlexOn.Tests.History;

namespace RePlexOn.Tests.Reports;

/// <summary>A configuration and a history to report on, at a moment that stands still, with a crontab file of its own.</summary>
internal sealed class ReportScene : IDisposable
{
    private const long Gigabyte = 1L << 30;

    private readonly ScratchFolder _folder = new();

    public ReportScene(string? target = null)
    {
        var values = new Dictionary<string, object?>
        {
            ["source"] = "/srv/Plex Media Server", ["target"] = target ?? _folder.At("nas"), ["stateDirectory"] = State,
        };
        _folder.Folder("cron.d");
        new ConfigurationStore().Create(Configuration, values);
    }

    /// <summary>Half past nine in the evening of 22 November 2026, an hour east of Greenwich.</summary>
    public FixedTime Time { get; } = new(new DateTimeOffset(2026, 11, 22, 21, 30, 0, TimeSpan.FromHours(1)));

    public string File => _folder.At("report.html");

    public string Configuration => _folder.At("replexon.json");

    public string State => _folder.At("state");

    public ScheduleBook Schedules => new(Time, [new CrontabHome(new CronDFile(_folder.At("cron.d/replexon")))], [new CronDFile(_folder.At("crontab"))]);

    /// <summary>Full path of something beside it.</summary>
    public string At(string relative) => _folder.At(relative);

    /// <summary>Makes a folder beside it.</summary>
    public string Folder(string relative) => _folder.Folder(relative);

    /// <summary>A run of a day so and so many days ago; it begins at 03:00.</summary>
    public BackupRun Run(int daysAgo, RunStatus status = RunStatus.Succeeded, RunKind kind = RunKind.Mirror)
    {
        DateTimeOffset start = new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.FromHours(1)).AddDays(-daysAgo);
        bool isGood = status is RunStatus.Succeeded or RunStatus.Warning;
        var duration = TimeSpan.FromSeconds(140 + (daysAgo % 7 * 9));
        return new BackupRun
        {
            Id = Guid.CreateVersion7().ToString(), Kind = kind, Trigger = RunTrigger.Schedule, Status = status,
            StartedAt = start, EndedAt = start + duration, Duration = duration,
            FilesTotal = isGood ? 184_000 - daysAgo : 0, BytesTotal = isGood ? (8 * Gigabyte) - (daysAgo * 3_000_000L) : 0,
            BytesSent = 21_000_000, ExitCode = isGood ? ExitCode.Succeeded : ExitCode.TargetUnreachable,
            Message = isGood ? "The mirror holds 184,000 files (8.0 GB); 312 were sent." : "The target 192.168.1.100 did not answer.",
            ErrorId = isGood ? null : "TargetUnreachable", Advice = isGood ? null : "See whether the NAS is on.",
            Warnings = status == RunStatus.Warning ? ["Metadata/Movies/1.bundle could not be read: permission denied"] : [],
            Host = "attic", ToolVersion = "0.1.0", Source = "/srv/Plex Media Server", Target = "rsync://backupuser@192.168.1.100/plex-backups",
        };
    }

    /// <summary>Puts runs into the history.</summary>
    public void Add(params IEnumerable<BackupRun> runs)
    {
        using HistoryStore history = HistoryStore.Open(State, HistoryAccess.Write, Time);
        history.Add(runs, CancellationToken.None);
    }

    /// <summary>Three months as they may be: good nights, a week without the NAS, warnings, a snapshot each Sunday.</summary>
    public void AddThreeMonths()
    {
        for (int daysAgo = 89; daysAgo >= 0; daysAgo--)
        {
            RunStatus status = daysAgo switch { 33 or 34 or 35 => RunStatus.Failed, 12 => RunStatus.Warning, 50 => RunStatus.Interrupted, _ => RunStatus.Succeeded };
            if (daysAgo is 5 or 6) continue;
            Add(Run(daysAgo, status));
            if (daysAgo == 33) Add(Run(daysAgo) with { StartedAt = Run(daysAgo).StartedAt.AddHours(15) });
            if (daysAgo % 7 == 0 && status == RunStatus.Succeeded) Add(Run(daysAgo, kind: RunKind.Snapshot) with { Message = "The snapshot holds 184,000 files (8.0 GB)." });
            if (daysAgo % 7 != 1) continue;
            BackupRun run = Run(daysAgo, kind: RunKind.Verify);
            Add(run with
            {
                StartedAt = run.StartedAt.AddHours(4), EndedAt = run.EndedAt!.Value.AddHours(4),
                Message = "The mirror is good: 184,000 files, of which 200 were compared by content.",
            });
        }
    }

    /// <summary>Has a schedule back up each night, since before the history begins.</summary>
    public async Task ScheduleAsync()
    {
        DateTimeOffset now = Time.Now;
        Time.Now = now.AddDays(-100);
        foreach (ScheduleJob job in (ScheduleJob[])[ScheduleJob.Mirror, ScheduleJob.Verify])
            await Schedules.RegisterAsync(new ScheduleOptions { Job = job, ConfigurationPath = Configuration, Program = "/bin/true" }, CancellationToken.None);
        Time.Now = now;
    }

    /// <summary>Writes the report; returns what was written.</summary>
    public async Task<(ReportResult Result, string Page)> ExportAsync(ReportOptions? options = null)
    {
        ReportResult result = await new ReportExport(Time, Schedules).RunAsync(
            (options ?? Options) with { ConfigurationPath = Configuration }, progress: null, CancellationToken.None);
        return (result, await System.IO.File.ReadAllTextAsync(File));
    }

    public ReportOptions Options => new() { Path = File, Runs = 25 };

    /// <summary>Five snapshots on a local target, one of them cut short.</summary>
    public void AddSnapshots()
    {
        Folder("nas/plex-current");
        for (int week = 0; week < 5; week++)
        {
            BackupRun run = Run(week * 7);
            string name = string.Create(CultureInfo.InvariantCulture, $"{run.StartedAt:yyyy-MM-dd}_030200");
            string manifest = Path.Combine(Folder($"nas/plex-snapshots/{name}/.replexon"), "manifest.json");
            if (week == 3) continue;
            System.IO.File.WriteAllBytes(manifest, new BackupManifest
            {
                Complete = true, Snapshot = name, RunId = run.Id, ToolVersion = run.ToolVersion, Host = run.Host, Source = run.Source!,
                StartedAt = run.StartedAt, EndedAt = run.EndedAt, Files = run.FilesTotal, Bytes = run.BytesTotal,
            }.ToJson());
        }
    }

    public void Dispose() => _folder.Dispose();
}
