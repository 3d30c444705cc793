using RePlexOn.Alerts;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Legacy;

namespace RePlexOn.Backup;

/// <summary>
/// Does a piece of work as a run: one at a time for a state directory, with a row in the history from the first
/// second, and an ending that says what really happened.
/// </summary>
internal sealed class RunRecorder(TimeProvider time)
{
    private const int NoSpaceLeft = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT

    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(10);

    // A killed run's rsync ends within moments of losing its parent; see RunLock.
    private static readonly TimeSpan OrphanPatience = TimeSpan.FromSeconds(15);

    /// <summary>Runs the work, records how it ended, and has it told to whom it concerns.</summary>
    /// <param name="configurationPath">The configuration file; null for the one found by itself. It may have errors.</param>
    /// <param name="overrides">Single values in place of the configured ones.</param>
    /// <param name="kind">What the run does.</param>
    /// <param name="trigger">Who or what started it.</param>
    /// <param name="work">The work, to which the run gives its configuration; it returns the one line that says what was done.</param>
    /// <param name="cancellationToken">Stops the work; the run ends as Cancelled.</param>
    /// <returns>The run as it ended. A trouble of the work is in it, and is not thrown.</returns>
    /// <exception cref="RePlexOnException">The history cannot be written, so there can be no run.</exception>
    public async Task<BackupRun> RecordAsync(
        string? configurationPath, ConfigurationOverrides overrides, RunKind kind, RunTrigger trigger,
        Func<RunContext, CancellationToken, Task<string>> work, CancellationToken cancellationToken)
    {
        // Even of a configuration with errors, so that a run that fails for them leaves its row, and is told of.
        LoadedConfiguration loaded = new ConfigurationStore().Read(configurationPath);
        RePlexOnConfiguration configuration = overrides.ApplyTo(loaded.WhatIsRight);
        using var alerts = new RunAlerts(configuration, trigger, time);
        BackupRun run = NewRun(kind, trigger);
        HistoryStore? opened = null;
        try
        {
            opened = HistoryStore.Open(configuration.StateDirectory, HistoryAccess.Write, time);
            run = opened.Begin(run);
        }
        catch (RePlexOnException trouble)
        {
            opened?.Dispose();
            BackupRun lost = run with { Message = trouble.Message, Advice = trouble.Advice, ErrorId = trouble.ErrorId, Status = RunStatus.Failed, ExitCode = trouble.ExitCode };
            await alerts.EndAsync(lost, history: null, cancellationToken);
            throw;
        }

        using HistoryStore history = opened;
        RunLog? log = RunLog.For(configuration);
        bool isLogged = false;
        run = await RunAsync(
            new RunContext(history, run, loaded with { WhatIsRight = configuration }, time), history, configuration.StateDirectory, alerts,
            (context, token) =>
            {
                string? trouble = log?.Begin(context.Run);
                isLogged = log is not null && trouble is null;
                if (trouble is not null) context.Note(trouble);
                return work(context, token);
            },
            cancellationToken);
        if (isLogged) log!.End(run);
        await alerts.EndAsync(run, history, cancellationToken);
        return run;
    }

    private async Task<BackupRun> RunAsync(
        RunContext context, HistoryStore history, string stateDirectory, RunAlerts alerts,
        Func<RunContext, CancellationToken, Task<string>> work, CancellationToken cancellationToken)
    {
        RunKind kind = context.Run.Kind;
        try
        {
            using var runLock = RunLock.Acquire(
                stateDirectory, kind.ToString(), time, OrphanPatience, context.Run.Id, cancellationToken);
            alerts.Begin(kind, history.MarkInterrupted());
            if (history.SetAside is { } damaged)
            {
                context.Warn($"The history database was damaged and was set aside as {damaged}; a new one was begun.");
            }

            await using ITimer heartbeat = time.CreateTimer(
                _ => context.Beat(), null, HeartbeatInterval, HeartbeatInterval);
            return context.Succeed(await work(context, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return context.Fail(new RePlexOnException(
                "Cancelled", ExitCode.Cancelled, "Stopped before it was done.",
                "Run it again when it suits: what was sent already is not sent twice."));
        }
        catch (RePlexOnException trouble)
        {
            return context.Fail(trouble);
        }
        catch (IOException full) when (full.HResult is NoSpaceLeft or QuotaExceeded)
        {
            return context.Fail(new RePlexOnException(
                "LocalDiskFull", ExitCode.NoRoom, $"No room is left on a disk of this machine: {full.Message}",
                "Free some room there, or set `stagingDirectory` (or `stateDirectory`, if it lies there) to a folder on a larger disk.",
                full));
        }
        catch (Exception unexpected)
        {
            // The history must say that the run failed, whatever the cause.
            return context.Fail(new RePlexOnException(
                "Unexpected", ExitCode.Failed, $"{unexpected.GetType().Name}: {unexpected.Message}",
                "This is a defect of RePlexOn, or of the system it runs on; please report it with this text.", unexpected));
        }
    }

    private BackupRun NewRun(RunKind kind, RunTrigger trigger) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
        Kind = kind,
        Trigger = trigger,
        Status = RunStatus.Running,
        StartedAt = time.GetLocalNow(),
        Host = Environment.MachineName,
        ToolVersion = RunningTool.Version,
        ProcessId = Environment.ProcessId,
    };
}
