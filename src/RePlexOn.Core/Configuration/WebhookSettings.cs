namespace RePlexOn.Configuration;

/// <summary>Addresses that alerts are posted to, each with the path of a private file as the other way to give it.</summary>
public sealed record WebhookSettings
{
    /// <summary>A topic of ntfy.</summary>
    public string? Ntfy { get; init; }

    /// <summary>A webhook of Discord.</summary>
    public string? Discord { get; init; }

    /// <summary>An incoming webhook of Slack, or of what takes the same.</summary>
    public string? Slack { get; init; }

    /// <summary>A Gotify server.</summary>
    public string? Gotify { get; init; }

    /// <summary>Anything that takes an alert as plain JSON.</summary>
    public string? Json { get; init; }
}
