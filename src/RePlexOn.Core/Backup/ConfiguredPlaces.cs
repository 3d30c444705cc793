using RePlexOn.Configuration;
using RePlexOn.Plex;
using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>The source and the target that the configuration names, opened.</summary>
internal static class ConfiguredPlaces
{
    /// <summary>The source that is set, or the only one there is.</summary>
    /// <exception cref="RePlexOnException">There is none, several, or it is not a Plex data directory.</exception>
    public static PlexDataDirectory OpenSource(RePlexOnConfiguration configuration)
    {
        if (configuration.Source is { } path) return PlexDataDirectory.Open(path);

        PlexInstallation[] found = [.. new PlexDataDirectoryFinder().Find()];
        return found switch
        {
            [var only] => PlexDataDirectory.Open(only.Path),
            [] => throw new RePlexOnException(
                "SourceNotFound", ExitCode.Usage, "No Plex data directory was found on this machine, and `source` is not set.",
                "Set `source` in the configuration, or give it for this run."),
            _ => throw new RePlexOnException(
                "SourceAmbiguous", ExitCode.Usage,
                $"Several Plex data directories are on this machine: {string.Join(", ", found.Select(one => one.Path))}.",
                "Set `source` in the configuration to the one to back up."),
        };
    }

    /// <summary>The target that is set, with its local side looked at: the secret file, the folder.</summary>
    /// <exception cref="RePlexOnException">None is set, or it cannot be used as it is.</exception>
    public static BackupTarget OpenTarget(RePlexOnConfiguration configuration)
    {
        string text = configuration.Target ?? throw new RePlexOnException(
            "TargetNotSet", ExitCode.Usage, "No target is set: it is not known where the backup should go.",
            "Set `target` in the configuration, for example to rsync://user@nas/plex-backups, or run `replexon init`.");
        BackupTarget target = BackupTarget.Parse(text, new TargetOptions
        {
            PasswordFile = configuration.PasswordFile,
            IdentityFile = configuration.Ssh.IdentityFile,
            KnownHostsFile = configuration.Ssh.KnownHostsFile,
            SshPort = configuration.Ssh.Port,
            ConnectTimeoutSeconds = configuration.Backup.ConnectTimeoutSeconds,
            TimeoutSeconds = configuration.Backup.TimeoutSeconds,
            BandwidthLimitKiB = configuration.Backup.BandwidthLimitKiB,
        });
        target.CheckLocally();
        return target;
    }
}
