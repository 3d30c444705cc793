using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>The manifests of backups that lie side by side on a target, brought here in one go.</summary>
internal sealed class FetchedManifests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private FetchedManifests()
    {
    }

    /// <summary>Fetches them.</summary>
    /// <param name="rsync">The target.</param>
    /// <param name="parent">The folder that holds the backups, such as <c>plex-snapshots/</c>.</param>
    /// <param name="names">rsync's pattern for the names of the backups' folders; no other is looked at.</param>
    /// <param name="errorId">What the error is called where some cannot be read: they would look like backups cut short.</param>
    /// <param name="what">What people call these backups, in the plural.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">With that id, or the target's trouble.</exception>
    public static async Task<FetchedManifests> FetchAsync(
        RsyncClient rsync, string parent, string names, string errorId, string what, CancellationToken cancellationToken)
    {
        var manifests = new FetchedManifests();
        try
        {
            RsyncResult result = await rsync.ReceiveAsync(
                new RsyncReceive
                {
                    SourceRelative = parent,
                    DestinationFolder = manifests._folder.Path,
                    FilterArguments =
                    [
                        $"--include=/{names}/",
                        $"--include=/*/{BackupManifest.Folder}/",
                        $"--include=/*/{BackupManifest.RelativePath}",
                        "--exclude=*",
                    ],
                    ExtraArguments = RsyncReceive.ContentOnly,
                },
                progress: null, cancellationToken);
            return !result.Incomplete ? manifests : throw new RePlexOnException(
                errorId, ExitCode.Failed,
                $"Not all {what} on {rsync.Target.Display} could be looked at: {string.Join(" ", result.Warnings)}",
                "See whether the user that RePlexOn works as there may read them all.");
        }
        catch
        {
            manifests.Dispose();
            throw;
        }
    }

    /// <summary>Whether a backup has the folder for a manifest, be there one in it or not.</summary>
    /// <param name="name">The backup's folder.</param>
    public bool HasFolder(string name) => Directory.Exists(Path.Combine(_folder.Path, name, BackupManifest.Folder));

    /// <summary>The file of a backup's manifest; it may not exist, or be larger than a manifest can be.</summary>
    /// <param name="name">The backup's folder.</param>
    public FileInfo FileOf(string name) => new(Path.Combine(_folder.Path, name, BackupManifest.RelativePath));

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();
}
