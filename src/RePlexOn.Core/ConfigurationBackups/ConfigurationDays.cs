using RePlexOn.Backup;
using RePlexOn.Targets;

namespace RePlexOn.ConfigurationBackups;

/// <summary>The configuration backups on a target.</summary>
internal sealed class ConfigurationDays(RsyncClient rsync)
{
    private const long LargestManifest = 1 << 20;

    private static readonly string[] Manifests =
    [
        "--include=/[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]/",
        $"--include=/*/{BackupManifest.Folder}/",
        $"--include=/*/{BackupManifest.RelativePath}",
        "--exclude=*",
    ];

    /// <summary>For what is fetched to be looked at: attributes of another machine do not matter, and no link may lead anywhere.</summary>
    public static IReadOnlyList<string> ContentOnly { get; } = ["--no-perms", "--no-owner", "--no-group", "--no-links", "--no-D"];

    /// <summary>The days there are, the newest first. What has another name is left alone.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">The target cannot be read.</exception>
    public async Task<IReadOnlyList<ConfigurationDay>> ListAsync(CancellationToken cancellationToken)
    {
        List<DateOnly> dates =
        [
            .. (await rsync.ListAsync(TargetLayout.ConfigurationBackups, cancellationToken))
                .Where(entry => entry.Kind == RemoteEntryKind.Folder)
                .Select(entry => ConfigurationDay.Parse(entry.Name)).OfType<DateOnly>(),
        ];
        if (dates.Count == 0) return [];

        using var folder = new TemporaryFolder();
        RsyncResult result = await rsync.ReceiveAsync(
            new RsyncReceive
            {
                SourceRelative = TargetLayout.ConfigurationBackups,
                DestinationFolder = folder.Path,
                FilterArguments = Manifests,
                ExtraArguments = ContentOnly,
            },
            progress: null, cancellationToken);
        if (result.Incomplete)
        {
            throw new RePlexOnException(
                "ConfigurationBackupsUnreadable", ExitCode.Failed,
                $"Not all configuration backups on {rsync.Target.Display} could be looked at: {string.Join(" ", result.Warnings)}",
                "See whether the user that RePlexOn works as there may read them all.");
        }

        return [.. dates.OrderDescending().Select(date => new ConfigurationDay(date, Read(folder.Path, date)))];
    }

    /// <summary>Removes a day. Cut short, it leaves one without a manifest.</summary>
    public async Task RemoveAsync(ConfigurationDay day, CancellationToken cancellationToken)
    {
        await rsync.RemoveAsync($"{day.Folder}/{BackupManifest.Folder}", cancellationToken);
        await rsync.RemoveAsync(day.Folder, cancellationToken);
    }

    private static ConfigurationBackupManifest? Read(string folder, DateOnly date)
    {
        var file = new FileInfo(Path.Combine(folder, ConfigurationDay.NameOf(date), BackupManifest.RelativePath));
        return file is { Exists: true, Length: <= LargestManifest }
            ? ConfigurationBackupManifest.FromJson(File.ReadAllBytes(file.FullName)) : null;
    }
}
