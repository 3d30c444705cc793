using RePlexOn.Backup;
using RePlexOn.Plex.Databases;
using RePlexOn.Targets;
using RePlexOn.Verification;

namespace RePlexOn.Snapshots;

/// <summary>
/// The files of a snapshot on a target that runs nothing but rsync: sent once more, and linked to the mirror's where they
/// are the same. The source has gone on since the mirror's run, so the snapshot has a list of its own.
/// </summary>
/// <param name="prepared">The source and the target, as the mirror's run saw them.</param>
/// <param name="mirror">What the mirror holds.</param>
/// <param name="area">The mirror run's staging area, with a copy of every database.</param>
/// <param name="account">What is known of the mirror's files.</param>
/// <param name="send">Sends, and tells how far it is.</param>
internal sealed class LinkedSnapshot(
    PreparedMirror prepared, BackupManifest mirror, StagingArea area, TreeAccount account, Func<RsyncSend, Task<RsyncResult>> send)
{
    /// <summary>Sends all but the manifest.</summary>
    /// <param name="folder">The snapshot's folder on the target, with a closing slash.</param>
    /// <returns>The SHA-256 of its list.</returns>
    public async Task<string> SendAsync(string folder)
    {
        RsyncSend links = new()
        {
            SourceFolder = prepared.Source.Path,
            DestinationRelative = folder,
            LinkFolders = [TargetLayout.Mirror.TrimEnd('/')],
            KeepHardLinks = prepared.Tree.HasHardLinks,
            KeepHalfFiles = prepared.KeepsHalfFiles,
        };
        await SendFilesAsync(links);

        // Their copies waited in the staging area with the times they have in the mirror, so that they become links too.
        area.Databases.MatchFolders(PlexDatabaseFiles.FolderRelativePath);
        await send(links with { SourceFolder = area.Databases.Path, WritePaths = ListedPaths.Of(mirror.Databases) });

        string list = account.Write(othersMayStay: false);
        if (list == mirror.FileListSha256) await LinkListAsync(links);
        return list;
    }

    private async Task SendFilesAsync(RsyncSend links)
    {
        RsyncSend files = links with
        {
            FilterArguments = prepared.Patterns.RsyncArguments,
            KeepExtendedAttributes = prepared.Configuration.Backup.KeepAttributes,
            KeepAccessControlLists = prepared.Configuration.Backup.KeepAttributes,
        };
        if (account.KnowsAll)
        {
            // To be told of each link would take as long again as all that replexon does besides.
            RsyncResult told = await account.SendAsync(files, send);
            if (!told.Incomplete && !told.SomeVanished && told.Statistics.EntriesTotal == account.EntriesThere) return;

            // Something of what the mirror has is not in the source any more, and rsync does not say what.
            account.AskAgain();
            files = files with { Delete = true };
        }

        await account.SendAsync(files with { TellUnchanged = true }, send);
    }

    private async Task LinkListAsync(RsyncSend links)
    {
        FileListCopy.MatchTime(area.FileListPath, prepared.IndexPath);
        await send(links with
        {
            SourceFolder = area.ManifestFolder,
            WritePaths = paths =>
            {
                paths.Add(BackupManifest.Folder);
                paths.Add(BackupManifest.FileListRelativePath);
            },
        });
    }
}
