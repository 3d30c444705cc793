using System.Runtime.InteropServices;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Files;

/// <summary>Gives one folder the mode, owner and time of another.</summary>
internal static partial class FileAttributesCopy
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const nint LeaveAsIs = 0x3ffffffe; // UTIME_OMIT

    /// <summary>Applies what may be applied: the owner stays where this user may not give files away.</summary>
    public static void Apply(string from, string to)
    {
        if (FileStatus.Read(from) is not { } status) return;

        FileStatus.TryGive(to, status.UserId, status.GroupId);
        File.SetUnixFileMode(to, status.Mode);

        // To the nanosecond: .NET sets times to 100 of them, and rsync may compare all.
        (long seconds, long nanoseconds) = Math.DivRem(status.ModifiedNs, 1_000_000_000);
        Span<nint> times = [0, LeaveAsIs, (nint)seconds, (nint)nanoseconds];
        if (utimensat(CurrentDirectory, to, ref times[0], 0) != 0)
        {
            throw new IOException($"{to}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int utimensat(int directory, string path, ref nint accessAndModification, int flags);
}
