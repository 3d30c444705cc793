using RePlexOn.Configuration;
using RePlexOn.History;

namespace RePlexOn.Backup;

/// <summary>What a run under way tells the history. Safe to call from several threads.</summary>
internal sealed class RunContext(HistoryStore history, BackupRun begun, LoadedConfiguration configuration, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _startedTicks = time.GetTimestamp();
    private readonly List<string> _warnings = [];
    private readonly List<string> _notes = [];
    private BackupRun _run = begun;

    /// <summary>The configuration as it was when the run began, with the single values of this run in it.</summary>
    public LoadedConfiguration Configuration => configuration;

    /// <summary>The run as it stands.</summary>
    public BackupRun Run
    {
        get
        {
            lock (_gate) return _run;
        }
    }

    /// <summary>Writes down facts as they become known.</summary>
    public void Record(Func<BackupRun, BackupRun> change)
    {
        lock (_gate)
        {
            if (_run.Status != RunStatus.Running) return;
            _run = change(_run) with { Duration = time.GetElapsedTime(_startedTicks) };
            history.Update(_run);
        }
    }

    /// <summary>Says that the run is still alive.</summary>
    public void Beat() => Record(run => run);

    /// <summary>Something is missing from the copy or wants attention: the run ends as a warning.</summary>
    public void Warn(string warning)
    {
        lock (_gate) _warnings.Add(warning);
        Record(run => run with { Warnings = [.. _warnings] });
    }

    /// <summary>Something worth knowing that is no trouble.</summary>
    public void Note(string note)
    {
        lock (_gate) _notes.Add(note);
    }

    /// <summary>Ends the run well, or with its warnings.</summary>
    public BackupRun Succeed(string message) => _warnings.Count > 0
        ? End(RunStatus.Warning, ExitCode.Incomplete, message)
        : End(RunStatus.Succeeded, ExitCode.Succeeded, message);

    /// <summary>Ends the run because of a trouble.</summary>
    public BackupRun Fail(RePlexOnException trouble) =>
        End(
            trouble.ExitCode == ExitCode.Cancelled ? RunStatus.Cancelled : RunStatus.Failed,
            trouble.ExitCode, trouble.Message, trouble.ErrorId, trouble.Advice);

    private BackupRun End(RunStatus status, ExitCode exitCode, string message, string? errorId = null, string? advice = null)
    {
        lock (_gate)
        {
            _run = history.Finish(_run with
            {
                Status = status,
                ExitCode = exitCode,
                Message = string.Join(' ', [message, .. _notes]),
                ErrorId = errorId,
                Advice = advice,
                EndedAt = time.GetLocalNow(),
                Duration = time.GetElapsedTime(_startedTicks),
            });
            return _run;
        }
    }
}
