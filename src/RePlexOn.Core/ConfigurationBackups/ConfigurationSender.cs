using System.Globalization;
using RePlexOn.Backup;
using RePlexOn.Files;
using RePlexOn.History;
using RePlexOn.Targets;

namespace RePlexOn.ConfigurationBackups;

/// <summary>
/// Sends a backup of the configuration into the folder of its day: the files below a name of their own, then the manifest
/// that names them, then what came before goes. At each moment the day's newest whole backup is there.
/// </summary>
internal sealed class ConfigurationSender(RsyncClient rsync, ConfigurationStage stage)
{
    /// <summary>Sends.</summary>
    /// <param name="day">Today.</param>
    /// <param name="run">The run.</param>
    /// <param name="items">What lies in the stage.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">Not everything arrived; the day is as it was then.</exception>
    public async Task SendAsync(
        ConfigurationDay day, BackupRun run, IReadOnlyList<ConfigurationItem> items, CancellationToken cancellationToken)
    {
        string root = day.Folder + "/";
        IReadOnlyList<RemoteEntry> there = await rsync.ListAsync(root, cancellationToken);
        string name = FreeName(run.StartedAt, there);
        await rsync.EnsureFolderAsync(root, cancellationToken);
        await SendAsync(stage.Content, $"{root}{name}/", cancellationToken);

        string manifest = Path.Combine(stage.Manifest, BackupManifest.RelativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(manifest)!, PrivateMode.Folder);
        await File.WriteAllBytesAsync(manifest, Manifest(run, name, items).ToJson(), cancellationToken);
        File.SetUnixFileMode(manifest, PrivateMode.File);
        await SendAsync(stage.Manifest, root, cancellationToken);

        foreach (RemoteEntry before in there.Where(entry => ConfigurationBackupManifest.IsFolder(entry.Name)))
        {
            await rsync.RemoveAsync(root + before.Name, cancellationToken);
        }
    }

    private async Task SendAsync(string folder, string destination, CancellationToken cancellationToken)
    {
        RsyncResult result = await rsync.SendAsync(
            new RsyncSend
            {
                SourceFolder = folder, DestinationRelative = destination, Comparison = RsyncComparison.Always, KeepHalfFiles = false,
            },
            progress: null, cancellationToken);
        if (!result.Incomplete) return;

        throw new RePlexOnException(
            "ConfigurationNotSent", ExitCode.Failed,
            $"Not all of the configuration arrived on {rsync.Target.Display}: {string.Join(" ", result.Warnings)}",
            "See whether the user that RePlexOn works as there may write it, then run it again.");
    }

    private static ConfigurationBackupManifest Manifest(BackupRun run, string folder, IReadOnlyList<ConfigurationItem> items) => new()
    {
        RunId = run.Id,
        ToolVersion = RunningTool.Version,
        Host = run.Host,
        StartedAt = run.StartedAt,
        Folder = folder,
        Files = items,
    };

    private static string FreeName(DateTimeOffset moment, IReadOnlyList<RemoteEntry> there)
    {
        while (true)
        {
            string name = moment.ToString("HHmmss", CultureInfo.InvariantCulture);
            if (there.All(entry => entry.Name != name)) return name;
            moment = moment.AddSeconds(1);
        }
    }
}
