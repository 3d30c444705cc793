using RePlexOn.History;

namespace RePlexOn.Alerts;

/// <summary>Gives alerts to channels: all at once, each some times over where the other side may be back in a moment.</summary>
/// <param name="history">Where it is written down; null where that cannot be.</param>
/// <param name="channels">The channels.</param>
/// <param name="time">For the moments that are noted, and the pauses.</param>
internal sealed class AlertPost(AlertHistory? history, IReadOnlyList<IAlertChannel> channels, TimeProvider time)
{
    // What lasts longer is left to the next run or check.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10)];

    private static readonly TimeSpan WorthTelling = TimeSpan.FromDays(2);
    private static readonly TimeSpan LongestDelivery = TimeSpan.FromMinutes(10);
    private const int MostAttempts = 150;

    private readonly HashSet<long> _sent = [];

    /// <summary>Sends an alert, unless it was told already.</summary>
    /// <returns>What became of it; null where it was told already.</returns>
    public async Task<AlertRecord?> SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        string subject = AlertText.Subject(alert);
        AlertDelivery[] pending =
        [
            .. channels.Select(channel => new AlertDelivery(
                channel.Name, DeliveryStatus.Pending, time.GetLocalNow(), Attempts: 0, ErrorId: null, Message: null, Advice: null)),
        ];
        AlertRecord? record = history is null
            ? new AlertRecord { Alert = alert, Subject = subject, Deliveries = pending }
            : history.Add(alert, subject, pending);
        if (record is null) return null;

        _sent.Add(record.Number);
        return await DeliverAsync(record, cancellationToken);
    }

    /// <summary>Tries again what did not arrive before; what this very object has sent can wait.</summary>
    public async Task<IReadOnlyList<AlertRecord>> RetryAsync(CancellationToken cancellationToken)
    {
        if (history is null) return [];

        DateTimeOffset now = time.GetUtcNow();
        var tried = new List<AlertRecord>();
        foreach (AlertRecord record in history.Undelivered(now - WorthTelling, now - LongestDelivery, MostAttempts))
        {
            if (!_sent.Contains(record.Number) && record.Deliveries.Any(CanBeTried)) tried.Add(await DeliverAsync(record, cancellationToken));
        }

        return tried;
    }

    /// <summary>Sends something over one channel, again after a pause where the other side may be back in a moment.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="before">How often it was tried before.</param>
    /// <param name="send">Sends it once.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<AlertDelivery> AttemptAsync(
        string channel, int before, Func<CancellationToken, Task<string>> send, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                string where = await send(cancellationToken);
                return Done(DeliveryStatus.Delivered, attempt, errorId: null, where, advice: null);
            }
            catch (RePlexOnException trouble) when (trouble.ExitCode == ExitCode.TargetUnreachable && attempt < Pauses.Length)
            {
                if (!await PauseAsync(Pauses[attempt], cancellationToken))
                    return Done(DeliveryStatus.Failed, attempt, trouble.ErrorId, trouble.Message, trouble.Advice);
            }
            catch (RePlexOnException trouble)
            {
                return Done(DeliveryStatus.Failed, attempt, trouble.ErrorId, trouble.Message, trouble.Advice);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return Done(DeliveryStatus.Failed, attempt, "Cancelled", "It was stopped before it was taken.", "It is tried again with the next run or check.");
            }
            catch (Exception unexpected)
            {
                // One channel must not take the others with it, nor the run that it tells of.
                return Done(DeliveryStatus.Failed, attempt, "Unexpected", unexpected.GetType().Name,
                    "This is a defect of RePlexOn, or of the system it runs on; please report it with this text.");
            }
        }

        AlertDelivery Done(DeliveryStatus status, int attempt, string? errorId, string? message, string? advice) =>
            new(channel, status, time.GetLocalNow(), before + attempt + 1, errorId, message, advice);
    }

    private async Task<bool> PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, time, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // A channel may be set no more.
    private bool CanBeTried(AlertDelivery delivery) =>
        delivery.Status != DeliveryStatus.Delivered && channels.Any(channel => channel.Name == delivery.Channel);

    private async Task<AlertRecord> DeliverAsync(AlertRecord record, CancellationToken cancellationToken)
    {
        AlertDelivery[] deliveries = await Task.WhenAll(record.Deliveries.Select(async before =>
        {
            if (!CanBeTried(before)) return before;

            IAlertChannel channel = channels.First(channel => channel.Name == before.Channel);
            AlertDelivery after = await AttemptAsync(
                before.Channel, before.Attempts, token => channel.SendAsync(record.Alert, token), cancellationToken);
            history?.Save(record.Number, after);
            return after;
        }));
        return record with { Deliveries = deliveries };
    }
}
