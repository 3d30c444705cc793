using RePlexOn.Backup;
using RePlexOn.Targets;

namespace RePlexOn.ConfigurationBackups;

/// <summary>The configuration backups on a target.</summary>
internal sealed class ConfigurationDays(RsyncClient rsync)
{
    private const string Names = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]";

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

        using FetchedManifests manifests = await FetchedManifests.FetchAsync(
            rsync, TargetLayout.ConfigurationBackups, Names, "ConfigurationBackupsUnreadable", "configuration backups", cancellationToken);
        return [.. dates.OrderDescending().Select(date => new ConfigurationDay(date, Read(manifests, date)))];
    }

    /// <summary>Removes a day. Cut short, it leaves one without a manifest.</summary>
    public async Task RemoveAsync(ConfigurationDay day, CancellationToken cancellationToken)
    {
        await rsync.RemoveAsync($"{day.Folder}/{BackupManifest.Folder}", cancellationToken);
        await rsync.RemoveAsync(day.Folder, cancellationToken);
    }

    private static ConfigurationBackupManifest? Read(FetchedManifests manifests, DateOnly date) =>
        manifests.FileOf(ConfigurationDay.NameOf(date)) is { Exists: true, Length: <= BackupManifest.LargestBytes } file
            ? ConfigurationBackupManifest.FromJson(File.ReadAllBytes(file.FullName)) : null;
}
