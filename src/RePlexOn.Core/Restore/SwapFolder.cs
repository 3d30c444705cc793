using System.Runtime.InteropServices;
using RePlexOn.Files;

namespace RePlexOn.Restore;

/// <summary>Owner, permissions and time of a folder.</summary>
/// <param name="User">Number of its owner.</param>
/// <param name="Group">Number of its group.</param>
/// <param name="Mode">Its permissions.</param>
/// <param name="ModifiedNs">Its time, in nanoseconds since 1970.</param>
internal sealed record FolderAttributes(uint User, uint Group, int Mode, long ModifiedNs)
{
    /// <summary>Reads those of a folder.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static FolderAttributes Of(string path) => FileStatus.Read(path) is { } status
        ? new(status.Owner.User, status.Owner.Group, (int)status.Mode, status.ModifiedNs)
        : throw new DirectoryNotFoundException($"There is no folder {path}.");

    /// <summary>Gives them to a folder, as far as this user may.</summary>
    public void ApplyTo(string path)
    {
        new FileOwner(User, Group).ApplyTo(path);
        File.SetUnixFileMode(path, (UnixFileMode)Mode);
        if (LinuxCalls.SetModified(path, ModifiedNs) != 0) throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}

/// <summary>A folder in which entries are replaced while the folder itself stays.</summary>
/// <param name="Path">Its path below the data directory; empty for that itself.</param>
/// <param name="Before">As it was. Each rename in it changes its time.</param>
/// <param name="After">As it shall be.</param>
internal sealed record SwapFolder(string Path, FolderAttributes Before, FolderAttributes After);
