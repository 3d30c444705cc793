namespace RePlexOn.ConfigurationBackups;

/// <summary>What a file in a backup of the configuration is.</summary>
public enum ConfigurationItemKind
{
    /// <summary>The configuration file.</summary>
    Configuration,

    /// <summary>A file with a password or a key, which is there only where that was asked for.</summary>
    Secret,

    /// <summary>The history of runs.</summary>
    History,

    /// <summary>What starts backups: crontab lines and systemd units.</summary>
    Schedule,

    /// <summary>A file of the user's own.</summary>
    File,
}
