namespace RePlexOn.Alerts;

/// <summary>How the delivery of an alert by one channel stands.</summary>
public enum DeliveryStatus
{
    /// <summary>On its way; where that is long ago, its process died.</summary>
    Pending,

    /// <summary>Taken by the other side.</summary>
    Delivered,

    /// <summary>Not taken; it is tried again with the next run or check.</summary>
    Failed,
}
