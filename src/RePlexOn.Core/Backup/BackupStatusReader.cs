using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Schedules;
using RePlexOn.Verification;

namespace RePlexOn.Backup;

/// <summary>Reads from configuration, history and schedules how the backup stands; changes nothing.</summary>
public sealed class BackupStatusReader(TimeProvider time)
{
    private static readonly RunQuery ProvedGood = new() { Kinds = [RunKind.Verify], Statuses = [RunStatus.Succeeded], Last = 1 };

    /// <summary>Reads the status, with the schedules of this machine.</summary>
    /// <param name="configuration">What the user set.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">The history or the schedules cannot be read.</exception>
    public async Task<BackupStatus> ReadAsync(RePlexOnConfiguration configuration, CancellationToken cancellationToken) =>
        Read(configuration, await new ScheduleBook(time).ListAsync(cancellationToken));

    /// <summary>Reads the status against schedules that are known.</summary>
    /// <param name="configuration">What the user set.</param>
    /// <param name="schedules">All schedules; those for another configuration, and of the first system, do not count.</param>
    /// <exception cref="RePlexOnException">The history cannot be read.</exception>
    public BackupStatus Read(RePlexOnConfiguration configuration, IReadOnlyList<BackupSchedule> schedules)
    {
        string path = configuration.FilePath ?? new ConfigurationStore().ResolvePath(null);
        using HistoryStore history = HistoryStore.Open(configuration.StateDirectory, HistoryAccess.Read, time);
        var reader = new JobStatusReader(history, time, TimeSpan.FromMinutes(configuration.Schedule.GraceMinutes));
        BackupSchedule[] ours = [.. schedules.Where(one => !one.IsLegacy && one.ConfigurationPath == Path.GetFullPath(path))];
        JobStatus[] jobs =
        [
            reader.Read(ScheduleJob.Mirror, Array.Find(ours, one => one.Job == ScheduleJob.Mirror)),
            .. ours.Where(one => one.Job != ScheduleJob.Mirror && ScheduledWork.Of(one.Job).Leaves is not null)
                .DistinctBy(one => one.Job).Select(one => reader.Read(one.Job, one)),
        ];
        JobStatus mirror = jobs[0];

        // A job beside the mirror counts where it is in trouble, and the mirror is not.
        JobStatus told = IsTrouble(mirror) ? mirror : Array.Find(jobs, IsTrouble) ?? mirror;
        BackupRun? verification = history.Query(new RunQuery { Kinds = [RunKind.Verify] })
            .FirstOrDefault(run => run.ExitCode is ExitCode.Succeeded or ExitCode.VerificationFailed);
        BackupRun? damaged = mirror.LastRun?.Status != RunStatus.Running && IsDamaged(verification, mirror.LastGoodRun) ? verification : null;
        DateTimeOffset? lastGood = mirror.LastGoodRun?.EndedAt;
        return new BackupStatus
        {
            Health = damaged is null ? told.Health : BackupHealth.Failing,
            Summary = damaged?.Message ?? JobSummary.Of(told),
            Source = configuration.Source ?? mirror.LastRun?.Source,
            Target = configuration.Target ?? mirror.LastRun?.Target,
            LastRun = mirror.LastRun,
            LastGoodRun = mirror.LastGoodRun,
            Age = lastGood is { } ended ? time.GetUtcNow() - ended : null,
            FailuresSince = mirror.FailuresSince,
            LastVerification = verification,
            LastVerifiedAt = history.Query(ProvedGood).FirstOrDefault()?.EndedAt,
            Jobs = jobs,
            NextDueAt = mirror.NextDueAt ?? Array.Find(jobs, job => job.Job == ScheduleJob.Snapshot)?.NextDueAt,
            ConfigurationPath = configuration.FilePath,
            StateDirectory = configuration.StateDirectory,
        };
    }

    // Of the mirror, and not put right by a backup since.
    private static bool IsDamaged(BackupRun? verification, BackupRun? good) =>
        verification is { ExitCode: ExitCode.VerificationFailed, PassReason: VerificationResult.Mirror }
        && !(good?.StartedAt > verification.StartedAt);

    private static bool IsTrouble(JobStatus job) => job.Health is BackupHealth.Failing or BackupHealth.Overdue;
}
