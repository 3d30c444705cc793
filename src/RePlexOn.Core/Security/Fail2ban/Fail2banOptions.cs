namespace RePlexOn.Security.Fail2ban;

/// <summary>The jail that is wanted.</summary>
public sealed record Fail2banOptions
{
    /// <summary>Where fail2ban's configuration is.</summary>
    public string Folder { get; init; } = Fail2banFolder.Usual;

    /// <summary>The log, as a full path; null for the server's.</summary>
    public string? LogPath { get; init; }

    /// <summary>How many refusals are too many.</summary>
    public int MaxRetry { get; init; } = 20;

    /// <summary>How long a refusal counts.</summary>
    public TimeSpan FindTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the first ban lasts; each further one of the same address lasts twice as long.</summary>
    public TimeSpan BanTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The ports that are shut to a banned address, as a client sees them (with Docker, those published on the host).</summary>
    public IReadOnlyList<int> Ports { get; init; } = [32400];

    /// <summary>By what.</summary>
    public Fail2banAction Action { get; init; }

    /// <summary>Only say what would be done.</summary>
    public bool DryRun { get; init; }
}
