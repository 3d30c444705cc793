namespace RePlexOn.Configuration;

/// <summary>The log that runs leave besides their rows in the history, in the first system's form.</summary>
public sealed record LogSettings
{
    /// <summary>Whether there is one.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Where it is; null for <c>plex-backup.log</c> in the state directory.</summary>
    public string? Path { get; init; }

    /// <summary>Size in megabytes from which on the next run begins a new one.</summary>
    public int MaxMegabytes { get; init; } = 10;

    /// <summary>How many old ones are kept, as <c>.1</c>, <c>.2</c> and so on.</summary>
    public int Keep { get; init; } = 5;
}
