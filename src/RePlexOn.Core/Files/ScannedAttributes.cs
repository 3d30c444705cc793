using System.Runtime.InteropServices;

namespace RePlexOn.Files;

/// <summary>Gives a file or folder the mode, owner and time that a scan saw.</summary>
internal static class ScannedAttributes
{
    private const uint PermissionMask = 0xfff;

    /// <summary>Applies what may be applied: the owner stays where this user may not give files away.</summary>
    public static void Apply(FileEntry entry, string path)
    {
        new FileOwner(entry.UserId, entry.GroupId).ApplyTo(path);
        File.SetUnixFileMode(path, (UnixFileMode)(entry.Mode & PermissionMask));

        // .NET sets times to 100 ns, and rsync may compare all of them.
        if (LinuxCalls.SetModified(path, entry.ModifiedNs) != 0)
        {
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }
}
