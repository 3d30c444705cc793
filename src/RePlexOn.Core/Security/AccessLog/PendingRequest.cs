namespace RePlexOn.Security.AccessLog;

/// <summary>A request that was not answered yet.</summary>
/// <param name="Event">The request.</param>
/// <param name="Order">When it came, in the order of lines.</param>
/// <param name="IsForged">Whether its X-Forwarded-For is made up.</param>
internal sealed record PendingRequest(AccessEvent Event, long Order, bool IsForged);
