using System.Runtime.InteropServices;
using RePlexOn.Files;
using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.Restore;

/// <summary>Gives the folders that stay while their entries are replaced the attributes they should have.</summary>
/// <param name="destination">The folder that is restored to.</param>
/// <param name="fetched">Where the backup was fetched to.</param>
internal sealed class SwapFolders(string destination, string fetched)
{
    /// <summary>The folders with the attributes that the backup has of them, where they take these.</summary>
    public IReadOnlyList<SwapFolder> AsFetched(IReadOnlyList<SwapFolder> folders) =>
    [
        .. folders.Select(folder => folder.TakesNew && FileStatus.Read(Path.Combine(fetched, folder.Path)) is { } status
            ? folder with
            {
                User = status.Owner.User, Group = status.Owner.Group, Mode = (int)status.Mode, ModifiedNs = status.ModifiedNs,
            }
            : folder),
    ];

    /// <summary>Applies attributes, as far as this user may.</summary>
    public void Apply(IReadOnlyList<SwapFolder> folders)
    {
        foreach (SwapFolder folder in folders)
        {
            string path = Path.Combine(destination, folder.Path);
            new FileOwner(folder.User, folder.Group).ApplyTo(path);
            File.SetUnixFileMode(path, (UnixFileMode)folder.Mode);
            if (LinuxCalls.SetModified(path, folder.ModifiedNs) != 0) throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Gives the destination itself the extended attributes and access control list of the backup's root.</summary>
    public Task TakeRootAttributesAsync() => new RsyncClient(new ProgramRunner(), new LocalTarget(fetched, new TargetOptions())).ReceiveAsync(
        new RsyncReceive
        {
            SourceRelative = "", DestinationFolder = destination, FilterArguments = ["--exclude=*"],
            KeepExtendedAttributes = true, KeepAccessControlLists = true,
        },
        progress: null, CancellationToken.None);
}
