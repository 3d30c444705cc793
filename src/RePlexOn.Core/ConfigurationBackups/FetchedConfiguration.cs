using System.Security.Cryptography;
using RePlexOn.Targets;

namespace RePlexOn.ConfigurationBackups;

/// <summary>A backup of the configuration, brought here and compared with its manifest.</summary>
/// <param name="Day">The backup.</param>
/// <param name="Manifest">What it holds.</param>
/// <param name="Folder">Where its files are now.</param>
internal sealed record FetchedConfiguration(ConfigurationDay Day, ConfigurationBackupManifest Manifest, string Folder)
{
    /// <summary>Where a file of it is now.</summary>
    public string PathOf(ConfigurationItem item) => Path.GetFullPath(Path.Combine(Folder, item.Path));

    /// <summary>Fetches one.</summary>
    /// <param name="rsync">The target.</param>
    /// <param name="date">The day asked for; null for the newest that is whole.</param>
    /// <param name="folder">An empty folder for its files.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">
    /// <c>ConfigurationBackupNotFound</c>, <c>ConfigurationBackupDamaged</c>, or the target's trouble.
    /// </exception>
    public static async Task<FetchedConfiguration> FetchAsync(
        RsyncClient rsync, string? date, string folder, CancellationToken cancellationToken)
    {
        IReadOnlyList<ConfigurationDay> days = await new ConfigurationDays(rsync).ListAsync(cancellationToken);
        ConfigurationDay day = days.FirstOrDefault(day => day.Manifest is not null && (date is null || day.Name == date))
            ?? throw NotFound(rsync.Target, date, days);
        var fetched = new FetchedConfiguration(day, day.Manifest!, folder);
        await rsync.ReceiveAsync(
            new RsyncReceive
            {
                SourceRelative = $"{day.Folder}/{day.Manifest!.Folder}/",
                DestinationFolder = folder,
                ExtraArguments = RsyncReceive.ContentOnly,
            },
            progress: null, cancellationToken);
        foreach (ConfigurationItem item in fetched.Manifest.Files) fetched.Check(item, rsync.Target);
        return fetched;
    }

    private void Check(ConfigurationItem item, BackupTarget target)
    {
        string path = PathOf(item);
        bool isWithin = path.StartsWith(Path.GetFullPath(Folder) + "/", StringComparison.Ordinal);
        if (isWithin && File.Exists(path) && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) == item.Sha256) return;

        throw new RePlexOnException(
            "ConfigurationBackupDamaged", ExitCode.VerificationFailed,
            $"{item.Path} of {Day.Name} on {target.Display} is not what its manifest says. Nothing was restored.",
            "Restore another day, and check the disk on that machine.");
    }

    private static RePlexOnException NotFound(BackupTarget target, string? date, IReadOnlyList<ConfigurationDay> days)
    {
        string[] whole = [.. days.Where(day => day.Manifest is not null).Select(day => day.Name)];
        return new(
            "ConfigurationBackupNotFound", ExitCode.Usage,
            $"There is no {(date is null ? "backup of the configuration" : $"whole backup of the configuration of {date}")} on {target.Display}.",
            whole.Length > 0 ? $"These are there: {string.Join(", ", whole)}."
                : "Make one with: Backup-RePlexOnConfiguration (replexon config backup). See also whether the target is the right one.");
    }
}
