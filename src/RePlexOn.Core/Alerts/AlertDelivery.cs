namespace RePlexOn.Alerts;

/// <summary>What became of an alert on one channel.</summary>
/// <param name="Channel">The channel: <c>mail</c>, <c>ntfy</c>, <c>discord</c>, <c>slack</c>, <c>gotify</c>, <c>json</c> or <c>ping</c>.</param>
/// <param name="Status">Whether it arrived.</param>
/// <param name="At">When it was tried last.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="ErrorId">Short and stable name of what was in the way; null where nothing was.</param>
/// <param name="Message">Where it went, or what was in the way; never a secret.</param>
/// <param name="Advice">What to do about that; null where nothing is to be done.</param>
public sealed record AlertDelivery(
    string Channel, DeliveryStatus Status, DateTimeOffset At, int Attempts, string? ErrorId, string? Message, string? Advice)
{
    /// <inheritdoc />
    public override string ToString() => $"{Channel}: {Status}{(Message is null ? "" : $", {Message}")}";
}
