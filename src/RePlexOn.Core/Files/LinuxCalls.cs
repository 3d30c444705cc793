using System.Runtime.InteropServices;

namespace RePlexOn.Files;

/// <summary>
/// The system calls for files that .NET lacks. Its own enumeration turns names into text, which loses bytes that are not
/// UTF-8; its status of a file has neither inode, owner nor change time.
/// </summary>
internal static unsafe partial class LinuxCalls
{
    public const int PermissionDenied = 1; // EPERM
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int NotADirectory = 20;
    public const int NameTooLong = 36;
    public const int TooManyLinks = 40; // ELOOP: what O_NOFOLLOW says to a link

    /// <summary>PATH_MAX, without the closing NUL: neither openat nor rsync takes a longer path.</summary>
    public const int LongestPath = 4095;

    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollowStat = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int NoAutomount = 0x800; // as lstat does
    private const int EmptyPath = 0x1000;
    private const uint WantedFields = 0x3DF; // basic stats but atime and blocks
    private const int CloseOnExec = 0x80000;
    private const int NoAccessTime = 0x40000;
    private const nint LeaveAsIs = 0x3ffffffe; // UTIME_OMIT

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    // These two flags and the number of getdents64 differ between the architectures.
    private static int DirectoryOnly => IsArm ? 0x4000 : 0x10000;

    private static int NoFollow => IsArm ? 0x8000 : 0x20000;

    private static nint ListCall => IsArm ? 61 : 217;

    /// <summary>Opens the root, which may be a link to a folder. Returns -1 and sets the last error where it cannot.</summary>
    public static int OpenRoot(string path)
    {
        int handle;
        do
            handle = openat(CurrentFolder, path, DirectoryOnly | CloseOnExec, 0);
        while (handle < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return handle;
    }

    /// <summary>Opens a folder below the root that is no link, without touching its access time where that is allowed.</summary>
    /// <param name="root">The open root.</param>
    /// <param name="path">Path below the root, closed by NUL.</param>
    public static int OpenFolder(int root, byte* path)
    {
        var flags = DirectoryOnly | NoFollow | CloseOnExec | NoAccessTime;
        while (true)
        {
            var handle = openat(root, path, flags, 0);
            if (handle >= 0)
                return handle;
            var error = Marshal.GetLastPInvokeError();
            if (error == PermissionDenied && (flags & NoAccessTime) != 0)
                flags &= ~NoAccessTime; // only the owner may leave the access time alone
            else if (error != Interrupted)
                return -1;
        }
    }

    /// <summary>Reads the next names of an open folder: bytes read, 0 at the end, -1 on an error.</summary>
    public static int List(int folder, byte* buffer, int size)
    {
        nint read;
        do
            read = syscall(ListCall, folder, (nint)buffer, size);
        while (read < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return (int)read;
    }

    /// <summary>
    /// Describes an entry of an open folder, links not followed. It asks as lstat would: a network file system decides
    /// itself how fresh that is, for AT_STATX_DONT_SYNC could hand out attributes that are long out of date.
    /// </summary>
    public static int Describe(int folder, byte* name, Status* status) =>
        statx(folder, name, NoFollowStat | NoAutomount, WantedFields, status);

    /// <summary>Describes what an open handle stands for.</summary>
    public static int DescribeSelf(int handle, Status* status)
    {
        byte none = 0;
        return statx(handle, &none, EmptyPath | NoAutomount, WantedFields, status);
    }

    /// <summary>Describes what a path leads to, links followed. Returns -1 and sets the last error where it cannot.</summary>
    public static int DescribePath(string path, out Status status) => statx(CurrentFolder, path, 0, WantedFields, out status);

    /// <summary>Sets the time of modification to the nanosecond, and leaves that of access.</summary>
    public static int SetModified(string path, long nanosecondsSinceEpoch)
    {
        (long seconds, long nanoseconds) = Math.DivRem(nanosecondsSinceEpoch, 1_000_000_000);
        nint* times = stackalloc nint[] { 0, LeaveAsIs, (nint)seconds, (nint)nanoseconds };
        return utimensat(CurrentFolder, path, times, 0);
    }

    /// <summary>Describes what lies at an absolute path, links not followed. Returns -1 and sets the last error where it cannot.</summary>
    /// <param name="path">The path, closed by NUL.</param>
    /// <param name="status">What was found.</param>
    public static int DescribeLink(byte[] path, out Status status)
    {
        fixed (byte* start = path)
        fixed (Status* found = &status)
        {
            return Describe(CurrentFolder, start, found);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    public static partial int rename(byte[] from, byte[] to);

    [LibraryImport("libc")]
    public static partial int close(int handle);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int chown(string path, uint user, uint group);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int utimensat(int folder, string path, nint* accessAndModification, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, out Status status);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int openat(int folder, byte* path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int openat(int folder, string path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int statx(int folder, byte* path, int flags, uint mask, Status* status);

    // getdents64 by its number: musl and glibc before 2.30 export no function for it.
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint folder, nint buffer, nint size);

    /// <summary>The parts of <c>struct statx</c> that are used; its layout is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct Status
    {
        [FieldOffset(16)] public uint Links;
        [FieldOffset(20)] public uint UserId;
        [FieldOffset(24)] public uint GroupId;
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public long Size;
        [FieldOffset(96)] public long ChangedSeconds;
        [FieldOffset(104)] public uint ChangedNanoseconds;
        [FieldOffset(112)] public long ModifiedSeconds;
        [FieldOffset(120)] public uint ModifiedNanoseconds;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }
}
