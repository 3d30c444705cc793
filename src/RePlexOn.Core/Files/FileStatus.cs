using System.Globalization;
using System.Runtime.InteropServices;

namespace RePlexOn.Files;

/// <summary>What the file system says of a file, to the nanosecond; .NET tells neither inode, owner nor change time.</summary>
internal readonly record struct FileStatus(
    ulong Inode, long Bytes, long ModifiedNs, long ChangedNs, FileOwner Owner, UnixFileMode Mode, bool IsRegularFile)
{
    private const int TypeMask = 0xf000; // S_IFMT
    private const int RegularFile = 0x8000; // S_IFREG
    private const int PermissionMask = 0xfff;

    /// <summary>Reads the status, following symbolic links.</summary>
    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="IOException">The file system refused.</exception>
    public static FileStatus? Read(string path)
    {
        if (LinuxCalls.DescribePath(path, out LinuxCalls.Status status) == 0) return Of(status);

        int error = Marshal.GetLastPInvokeError();
        if (error is LinuxCalls.NoEntry or LinuxCalls.NotADirectory) return null;
        throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    /// <summary>The part of the status that any write changes.</summary>
    public string ToStamp() =>
        string.Create(CultureInfo.InvariantCulture, $"{Inode}:{Bytes}:{ModifiedNs}:{ChangedNs}");

    private static FileStatus Of(in LinuxCalls.Status status) => new(
        status.Inode, status.Size, Nanoseconds(status.ModifiedSeconds, status.ModifiedNanoseconds),
        Nanoseconds(status.ChangedSeconds, status.ChangedNanoseconds), new FileOwner(status.UserId, status.GroupId),
        (UnixFileMode)(status.Mode & PermissionMask), (status.Mode & TypeMask) == RegularFile);

    private static long Nanoseconds(long seconds, uint nanoseconds) => (seconds * 1_000_000_000) + nanoseconds;
}
