namespace RePlexOn.Configuration;

/// <summary>What the audit looks at, and what it leaves out.</summary>
public sealed record AuditSettings
{
    /// <summary>Where the running server answers; on this machine, or with https.</summary>
    public string ServerUrl { get; init; } = "http://127.0.0.1:32400";

    /// <summary>Checks to leave out, each as its id, a colon and the reason.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];
}
