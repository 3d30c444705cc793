namespace RePlexOn.Security.Fail2ban;

/// <summary>How the jail stands.</summary>
public sealed record Fail2banStatus
{
    /// <summary>Name of the jail.</summary>
    public string Jail { get; } = Fail2banFolder.Jail;

    /// <summary>Whether its files are there.</summary>
    public required bool IsInstalled { get; init; }

    /// <summary>Whether fail2ban runs, and answers this user.</summary>
    public required bool IsServerRunning { get; init; }

    /// <summary>Whether the running fail2ban has the jail.</summary>
    public required bool IsActive { get; init; }

    /// <summary>The logs that are read.</summary>
    public IReadOnlyList<string> Logs { get; init; } = [];

    /// <summary>Refusals that count at the moment.</summary>
    public int CurrentlyFailed { get; init; }

    /// <summary>Refusals since fail2ban was started.</summary>
    public int TotalFailed { get; init; }

    /// <summary>Bans since fail2ban was started.</summary>
    public int TotalBanned { get; init; }

    /// <summary>Who is banned at the moment.</summary>
    public IReadOnlyList<Fail2banBan> Banned { get; init; } = [];

    /// <summary>In a sentence, with what to do where something is to be done.</summary>
    public required string Summary { get; init; }
}

/// <summary>A ban.</summary>
/// <param name="Address">Who is banned.</param>
/// <param name="Until">Until when; null for ever, or where it is not known.</param>
public sealed record Fail2banBan(string Address, DateTimeOffset? Until);
