using System.Globalization;
using System.Runtime.InteropServices;

namespace RePlexOn.Plex.Databases;

/// <summary>What the file system says of a file, to the nanosecond; .NET tells neither inode, owner nor change time.</summary>
internal readonly partial record struct FileStatus(
    ulong Inode, long Bytes, long ModifiedNs, long ChangedNs, uint UserId, uint GroupId, UnixFileMode Mode, bool IsRegularFile)
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const uint BasicFields = 0x7ff; // STATX_BASIC_STATS
    private const int TypeMask = 0xf000; // S_IFMT
    private const int RegularFile = 0x8000; // S_IFREG
    private const int NoSuchFile = 2; // ENOENT
    private const int NotADirectory = 20; // ENOTDIR

    /// <summary>Reads the status, following symbolic links.</summary>
    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="IOException">The file system refused.</exception>
    public static FileStatus? Read(string path)
    {
        if (statx(CurrentDirectory, path, 0, BasicFields, out var s) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error is NoSuchFile or NotADirectory) return null;
            throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
        }
        return new FileStatus(
            s.Inode, (long)s.Size, Nanoseconds(s.ModifiedSeconds, s.ModifiedNanoseconds),
            Nanoseconds(s.ChangedSeconds, s.ChangedNanoseconds), s.UserId, s.GroupId,
            (UnixFileMode)(s.Mode & 0xfff), (s.Mode & TypeMask) == RegularFile);
    }

    /// <summary>Gives a file an owner and a group. Only root may do so in general.</summary>
    /// <returns>Whether the file system allowed it.</returns>
    public static bool TryGive(string path, uint userId, uint groupId) => chown(path, userId, groupId) == 0;

    /// <summary>The part of the status that any write changes.</summary>
    public string ToStamp() =>
        string.Create(CultureInfo.InvariantCulture, $"{Inode}:{Bytes}:{ModifiedNs}:{ChangedNs}");

    private static long Nanoseconds(long seconds, uint nanoseconds) => (seconds * 1_000_000_000) + nanoseconds;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int statx(int directory, string path, int flags, uint mask, out Statx status);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int chown(string path, uint userId, uint groupId);

    /// <summary><c>struct statx</c>, which is laid out alike on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct Statx
    {
        [FieldOffset(20)] public readonly uint UserId;
        [FieldOffset(24)] public readonly uint GroupId;
        [FieldOffset(28)] public readonly ushort Mode;
        [FieldOffset(32)] public readonly ulong Inode;
        [FieldOffset(40)] public readonly ulong Size;
        [FieldOffset(96)] public readonly long ChangedSeconds;
        [FieldOffset(104)] public readonly uint ChangedNanoseconds;
        [FieldOffset(112)] public readonly long ModifiedSeconds;
        [FieldOffset(120)] public readonly uint ModifiedNanoseconds;
    }
}
