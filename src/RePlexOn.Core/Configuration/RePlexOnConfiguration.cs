using RePlexOn.Snapshots;

namespace RePlexOn.Configuration;

/// <summary>What the user set, checked, with the defaults for all else. Paths are absolute, <c>~/</c> is resolved.</summary>
public sealed record RePlexOnConfiguration
{
    /// <summary>The Plex data directory; null to let <see cref="Plex.PlexDataDirectoryFinder"/> find it.</summary>
    public string? Source { get; init; }

    /// <summary>Where backups go, as the user wrote it; null while none is set. It never holds a password.</summary>
    public string? Target { get; init; }

    /// <summary>File with the password of an rsync daemon, alone in its first line; null when none is needed.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Where the history, the indexes and the lock are kept.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>Where copies of the databases are made before they are sent; <c>staging</c> in the state directory by default.</summary>
    public string StagingDirectory
    {
        get => field ?? Path.Combine(StateDirectory, "staging");
        init;
    }

    /// <summary>How a backup run goes about its work.</summary>
    public BackupSettings Backup { get; init; } = new();

    /// <summary>When a backup makes a snapshot by itself.</summary>
    public SnapshotSettings Snapshots { get; init; } = new();

    /// <summary>How backups of the configuration itself are made and kept.</summary>
    public ConfigurationBackupSettings ConfigurationBackups { get; init; } = new();

    /// <summary>Which snapshots to keep.</summary>
    public RetentionRules Retention { get; init; } = new();

    /// <summary>When a scheduled run counts as missed.</summary>
    public ScheduleSettings Schedule { get; init; } = new();

    /// <summary>Who comes to the server, and whom to believe.</summary>
    public AccessSettings Access { get; init; } = new();

    /// <summary>The log that runs leave.</summary>
    public LogSettings Log { get; init; } = new();

    /// <summary>Where that log is, whether it is written or not.</summary>
    public string LogPath => Log.Path ?? Path.Combine(StateDirectory, "plex-backup.log");

    /// <summary>What is told, and when.</summary>
    public AlertSettings Alerts { get; init; } = new();

    /// <summary>How alerts are mailed.</summary>
    public MailSettings Mail { get; init; } = new();

    /// <summary>Where alerts are posted to.</summary>
    public WebhookSettings Webhooks { get; init; } = new();

    /// <summary>What the firewall guards, and whom it leaves alone.</summary>
    public FirewallSettings Firewall { get; init; } = new();

    /// <summary>What the audit looks at, and what it leaves out.</summary>
    public AuditSettings Audit { get; init; } = new();

    /// <summary>How to reach a target over ssh.</summary>
    public SshSettings Ssh { get; init; } = new();

    /// <summary>The file this was read from; null when there is none and all is at its default.</summary>
    public string? FilePath { get; init; }
}
