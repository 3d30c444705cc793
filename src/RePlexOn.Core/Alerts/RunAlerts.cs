using RePlexOn.Configuration;
using RePlexOn.History;

namespace RePlexOn.Alerts;

/// <summary>
/// Stands beside one run: pings when it begins, and tells when it has ended. Nothing that goes wrong here, whatever it is,
/// touches the run.
/// </summary>
internal sealed class RunAlerts : IDisposable
{
    // A run that was stopped because the machine goes down has no time to lose.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan PatienceWhenStopped = TimeSpan.FromSeconds(10);

    private readonly RePlexOnConfiguration _configuration;
    private readonly TimeProvider _time;
    private readonly AlertChannels? _channels;
    private Task _started = Task.CompletedTask;
    private IReadOnlyList<BackupRun> _dead = [];

    /// <param name="configuration">What the user set, as far as it is right.</param>
    /// <param name="trigger">Who started the run.</param>
    /// <param name="time">The clock.</param>
    public RunAlerts(RePlexOnConfiguration configuration, RunTrigger trigger, TimeProvider time)
    {
        _configuration = configuration;
        _time = time;
        if (!AlertRules.Concerns(configuration.Alerts, trigger)) return;

        var channels = new AlertChannels(configuration);
        if (channels.AreNone) channels.Dispose();
        else _channels = channels;
    }

    /// <summary>The run begins. Returns at once: the run does not wait for a watcher.</summary>
    /// <param name="kind">What the run does.</param>
    /// <param name="dead">Runs that were found dead, and could tell nothing themselves.</param>
    public void Begin(RunKind kind, IReadOnlyList<BackupRun> dead)
    {
        _dead = dead;
        if (kind == RunKind.Mirror && _channels?.Ping is { } ping) _started = PingStartAsync(ping);
    }

    /// <summary>The run has ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="history">The history that holds it; null where that could not be written.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task EndAsync(BackupRun run, HistoryStore? history, CancellationToken cancellationToken)
    {
        if (_channels is null) return;

        try
        {
            bool isStopped = cancellationToken.IsCancellationRequested;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(isStopped ? CancellationToken.None : cancellationToken);
            limit.CancelAfter(isStopped ? PatienceWhenStopped : Patience);
            await _started;
            if (run.Kind == RunKind.Mirror && run.ExitCode != ExitCode.Locked && _channels.Ping is { } ping)
                await PingEndAsync(ping, run, history, limit.Token);
            if (history is not null)
                await new AlertRules(_configuration, history, _channels, _time).AfterRunAsync([.. _dead, run], limit.Token);
            else
                await new AlertPost(history: null, _channels.All, _time).SendAsync(Unrecorded(run), limit.Token);
        }
        catch (Exception)
        {
            // The run is over and recorded. Its ending must not depend on an alert; that of an alert is in the history.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _channels?.Dispose();

    private static async Task PingStartAsync(PingService ping)
    {
        try
        {
            await ping.StartAsync(CancellationToken.None);
        }
        catch (Exception)
        {
            // The ping at the end will say what is wrong, and is kept.
        }
    }

    private async Task PingEndAsync(PingService ping, BackupRun run, HistoryStore? history, CancellationToken cancellationToken)
    {
        bool isGood = run.Status is RunStatus.Succeeded or RunStatus.Warning;
        string text = $"{run.Status}. {run.Message} {run.Advice}".TrimEnd();
        AlertDelivery delivery = await new AlertPost(history: null, [], _time).AttemptAsync(
            ping.Name, before: 0, token => isGood ? ping.SucceedAsync(text, token) : ping.FailAsync(text, token), cancellationToken);
        if (delivery.Status == DeliveryStatus.Delivered || history is null) return;

        var alert = new Alert
        {
            Kind = AlertKind.Ping, Topic = "Ping", Title = "A ping did not arrive", Text = delivery.Message ?? "", Advice = delivery.Advice,
            RunId = run.Id, At = _time.GetLocalNow(),
        };
        new AlertHistory(history).Add(alert, AlertText.Subject(alert), [delivery]);
    }

    private Alert Unrecorded(BackupRun run) => new()
    {
        Kind = AlertKind.Failure, Topic = run.Kind.ToString(), Title = "A run could not even begin",
        Text = run.Message ?? "", Advice = run.Advice, Facts = AlertWriter.Known(("Error", run.ErrorId)), At = _time.GetLocalNow(),
    };
}
