using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Verification;

namespace RePlexOn.Backup;

/// <summary>Reads from configuration and history how the backup stands; changes nothing.</summary>
public sealed class BackupStatusReader(TimeProvider time)
{
    private static readonly RunQuery ProvedGood = new() { Kinds = [RunKind.Verify], Statuses = [RunStatus.Succeeded], Last = 1 };

    /// <summary>Reads the status.</summary>
    /// <param name="configuration">What the user set.</param>
    /// <exception cref="RePlexOnException">The history cannot be read.</exception>
    public BackupStatus Read(RePlexOnConfiguration configuration)
    {
        using HistoryStore history = HistoryStore.Open(configuration.StateDirectory, HistoryAccess.Read, time);
        BackupRun? last = null, good = null;
        int failures = 0;
        foreach (BackupRun run in history.Query(new RunQuery { Kinds = [RunKind.Mirror] }))
        {
            // A run that found another one at work says nothing of how the backup stands.
            if (run.ExitCode == ExitCode.Locked) continue;

            last ??= run;
            if (run.Status is RunStatus.Succeeded or RunStatus.Warning)
            {
                good = run;
                break;
            }

            if (run.Status != RunStatus.Running) failures++;
        }

        BackupRun? verification = history.Query(new RunQuery { Kinds = [RunKind.Verify] })
            .FirstOrDefault(run => run.ExitCode is ExitCode.Succeeded or ExitCode.VerificationFailed);
        BackupRun? damaged = last?.Status != RunStatus.Running && IsDamaged(verification, good) ? verification : null;
        TimeSpan? age = good?.EndedAt is { } ended ? time.GetUtcNow() - ended : null;
        return new BackupStatus
        {
            Health = damaged is null ? HealthOf(last) : BackupHealth.Failing,
            Summary = damaged?.Message ?? Summarise(last, good, failures),
            Source = configuration.Source ?? last?.Source,
            Target = configuration.Target ?? last?.Target,
            LastRun = last,
            LastGoodRun = good,
            Age = age,
            FailuresSince = failures,
            LastVerification = verification,
            LastVerifiedAt = history.Query(ProvedGood).FirstOrDefault()?.EndedAt,
            ConfigurationPath = configuration.FilePath,
            StateDirectory = configuration.StateDirectory,
        };
    }

    // Of the mirror, and not put right by a backup since.
    private static bool IsDamaged(BackupRun? verification, BackupRun? good) =>
        verification is { ExitCode: ExitCode.VerificationFailed, PassReason: VerificationResult.Mirror }
        && !(good?.StartedAt > verification.StartedAt);

    private static BackupHealth HealthOf(BackupRun? last) => last?.Status switch
    {
        null => BackupHealth.NeverRun,
        RunStatus.Running => BackupHealth.Running,
        RunStatus.Succeeded or RunStatus.Warning => BackupHealth.Healthy,
        _ => BackupHealth.Failing,
    };

    private static string Summarise(BackupRun? last, BackupRun? good, int failures) => (last, good) switch
    {
        (null, _) => "No backup has been made yet.",
        ({ Status: RunStatus.Running }, _) => $"A backup has been running since {Local(last.StartedAt)}.",
        ({ Status: RunStatus.Succeeded }, _) => $"The last backup ended well at {Local(last.EndedAt)}.",
        ({ Status: RunStatus.Warning }, _) => $"The last backup ended at {Local(last.EndedAt)} with {last.Warnings.Count} warnings.",
        (_, null) => $"No backup has ended well yet. {last.Message}",
        _ => $"The last {(failures == 1 ? "backup" : $"{failures} backups")} did not end well; the copy is of {Local(good.EndedAt)}. {last.Message}",
    };

    private static string Local(DateTimeOffset? moment) =>
        moment?.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) ?? "an unknown time";
}
