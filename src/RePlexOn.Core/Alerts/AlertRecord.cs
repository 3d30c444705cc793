namespace RePlexOn.Alerts;

/// <summary>An alert as the history keeps it, with what became of it on each channel.</summary>
public sealed record AlertRecord
{
    /// <summary>Running number in this history, from 1; 0 for one that is not in it.</summary>
    public long Number { get; init; }

    /// <summary>What was told.</summary>
    public required Alert Alert { get; init; }

    /// <summary>The subject that it went out with.</summary>
    public required string Subject { get; init; }

    /// <summary>What became of it on each channel.</summary>
    public IReadOnlyList<AlertDelivery> Deliveries { get; init; } = [];

    /// <summary>When it was found out.</summary>
    public DateTimeOffset At => Alert.At;

    /// <summary>What it is about.</summary>
    public AlertKind Kind => Alert.Kind;

    /// <summary>The thing that is in trouble.</summary>
    public string Topic => Alert.Topic;

    /// <summary>Whether it arrived on every channel.</summary>
    public bool IsDelivered => Deliveries.All(delivery => delivery.Status == DeliveryStatus.Delivered);
}
