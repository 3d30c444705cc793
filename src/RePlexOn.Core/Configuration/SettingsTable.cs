namespace RePlexOn.Configuration;

/// <summary>All settings, in the order in which they are listed and written.</summary>
public static class SettingsTable
{
    /// <summary>The table. Keys of one section stand together; defaults are those of the configuration's properties.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Setting.OfPath("source", "/var/lib/plexmediaserver/Library/Application Support/Plex Media Server",
            "The Plex data directory, the folder that holds Preferences.xml; found by itself when left out.",
            c => c.Source, (c, v) => c with { Source = v }),
        Setting.OfTarget("target", "rsync://backupuser@192.168.1.100/plex-backups",
            "Where backups go: an rsync module as shown, a folder such as /mnt/nas/plex, or ssh://user@host/path.",
            c => c.Target, (c, v) => c with { Target = v }),
        Setting.OfPath("passwordFile", "/etc/replexon/rsync.secret",
            "File with the rsync module's password and nothing else, readable by its owner only (mode 600).",
            c => c.PasswordFile, (c, v) => c with { PasswordFile = v }),
        Setting.OfPath("stateDirectory", "/var/lib/replexon",
            "Where the history and the indexes of the last runs are kept.",
            c => c.StateDirectory, (c, v) => c with { StateDirectory = v }),
        Setting.OfPath("stagingDirectory", "/var/lib/replexon/staging",
            "Where the databases are copied before they are sent: needs room for all of them.",
            c => c.StagingDirectory, (c, v) => c with { StagingDirectory = v }),

        Setting.OfTexts("backup.exclude", "/Media/**/*.bif",
            "More rsync patterns to leave out; the example leaves out video preview thumbnails, which Plex can make again.",
            c => c.Backup.Exclude, (c, v) => c with { Backup = c.Backup with { Exclude = v } }),
        Setting.OfNumber("backup.maxShrinkPercent", 0, 100, "percent",
            "Refuse a run when the source lost more of its files than this since the last good run (an unmounted disk).",
            c => c.Backup.MaxShrinkPercent, (c, v) => c with { Backup = c.Backup with { MaxShrinkPercent = v } }),
        Setting.OfNumber("backup.fullPassEveryDays", 0, 365, "days",
            "Compare the whole source with the mirror again after this time; 0 does so in every run.",
            c => c.Backup.FullPassEveryDays, (c, v) => c with { Backup = c.Backup with { FullPassEveryDays = v } }),
        Setting.OfNumber("backup.bandwidthLimitKiB", 0, 100_000_000, "KiB a second",
            "Send no faster than this; 0 sets no limit.",
            c => c.Backup.BandwidthLimitKiB, (c, v) => c with { Backup = c.Backup with { BandwidthLimitKiB = v } }),
        Setting.OfNumber("backup.timeoutSeconds", 10, 86_400, "seconds",
            "Give up when the target has been silent for this long in the middle of a run.",
            c => c.Backup.TimeoutSeconds, (c, v) => c with { Backup = c.Backup with { TimeoutSeconds = v } }),
        Setting.OfNumber("backup.connectTimeoutSeconds", 1, 600, "seconds",
            "Give up when the target does not answer at all within this time.",
            c => c.Backup.ConnectTimeoutSeconds, (c, v) => c with { Backup = c.Backup with { ConnectTimeoutSeconds = v } }),

        Setting.OfPath("ssh.identityFile", "~/.ssh/id_ed25519",
            "Private key for an ssh target; ssh's own choice when left out.",
            c => c.Ssh.IdentityFile, (c, v) => c with { Ssh = c.Ssh with { IdentityFile = v } }),
        Setting.OfPath("ssh.knownHostsFile", "~/.ssh/known_hosts",
            "File with the keys of known hosts; ssh's own when left out.",
            c => c.Ssh.KnownHostsFile, (c, v) => c with { Ssh = c.Ssh with { KnownHostsFile = v } }),
        Setting.OfNumber("ssh.port", 1, 65_535, null,
            "Port of the ssh server, for a target that names none; ssh's own choice when left out.",
            c => c.Ssh.Port, (c, v) => c with { Ssh = c.Ssh with { Port = v } }) with { Example = 22 },
    ];
}
