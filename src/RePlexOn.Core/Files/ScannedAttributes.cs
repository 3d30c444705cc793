using System.Runtime.InteropServices;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Files;

/// <summary>Gives a file or folder the mode, owner and time that a scan saw.</summary>
internal static partial class ScannedAttributes
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const nint LeaveAsIs = 0x3ffffffe; // UTIME_OMIT
    private const uint PermissionMask = 0xfff;

    /// <summary>Applies what may be applied: the owner stays where this user may not give files away.</summary>
    public static void Apply(FileEntry entry, string path)
    {
        FileStatus.TryGive(path, entry.UserId, entry.GroupId);
        File.SetUnixFileMode(path, (UnixFileMode)(entry.Mode & PermissionMask));

        // To the nanosecond: .NET sets times to 100 of them, and rsync may compare all.
        (long seconds, long nanoseconds) = Math.DivRem(entry.ModifiedNs, 1_000_000_000);
        Span<nint> times = [0, LeaveAsIs, (nint)seconds, (nint)nanoseconds];
        if (utimensat(CurrentDirectory, path, ref times[0], 0) != 0)
        {
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int utimensat(int directory, string path, ref nint accessAndModification, int flags);
}
