using System.Runtime.InteropServices;

namespace RePlexOn;

/// <summary>Who owns a file.</summary>
/// <param name="User">The user's number.</param>
/// <param name="Group">The group's number.</param>
internal readonly partial record struct FileOwner(uint User, uint Group)
{
    // From linux/stat.h and linux/fcntl.h; struct statx is laid out alike on all machines.
    private const int CurrentFolder = -100;
    private const uint WantOwner = 0x8 | 0x10;
    private const int StatxSize = 256;
    private const int UserOffset = 20;
    private const int GroupOffset = 24;

    /// <summary>The owner of what the path leads to; null when it cannot be looked at.</summary>
    public static FileOwner? Of(string path)
    {
        Span<byte> answer = stackalloc byte[StatxSize];
        return Statx(CurrentFolder, path, 0, WantOwner, answer) == 0
            ? new FileOwner(ReadNumber(answer[UserOffset..]), ReadNumber(answer[GroupOffset..]))
            : null;
    }

    /// <summary>Gives a file to this owner. Where that is not permitted, the file stays the current user's.</summary>
    public void ApplyTo(string path) => _ = Chown(path, User, Group);

    private static uint ReadNumber(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<uint>(bytes);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> answer);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint user, uint group);
}
