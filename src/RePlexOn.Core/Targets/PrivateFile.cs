using System.Runtime.InteropServices;

namespace RePlexOn.Targets;

/// <summary>Checks that a file with a secret is readable by its owner alone.</summary>
internal static partial class PrivateFile
{
    /// <summary>Checks a file; links to it are followed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="errorPrefix">Start of the error's id, such as <c>PasswordFile</c>.</param>
    /// <param name="what">What to call it in messages.</param>
    /// <exception cref="RePlexOnException">It is missing, empty, of another owner or open to others.</exception>
    public static void Check(string path, string errorPrefix, string what)
    {
        var quoted = ShellWord.Quote(path);
        if (!File.Exists(path))
            throw Trouble("Missing", Directory.Exists(path) ? $"The {what} {path} is a folder." : $"The {what} {path} does not exist.",
                $"Make it as a file that only you can read (install -m 600 /dev/null {quoted}) and put the secret in it, or correct its path in the configuration.");

        var status = StatusOf(path);
        if ((status.Mode & OthersBits) != 0)
            throw Trouble("NotPrivate", $"The {what} {path} can be used by others than its owner (mode {Convert.ToString(status.Mode & PermissionBits, 8)}).",
                $"Run: chmod 600 {quoted}");

        var me = EffectiveUserId();
        if (status.UserId != me && status.UserId != 0)
            throw Trouble("NotPrivate", $"The {what} {path} belongs to another user (uid {status.UserId}).",
                $"Run: sudo chown {(me == 0 ? "root" : "\"$USER\"")} {quoted}");

        long length;
        try
        {
            using var file = File.OpenRead(path);
            length = file.Length;
        }
        catch (UnauthorizedAccessException problem)
        {
            throw Trouble("NotReadable", $"The {what} {path} cannot be read by this user (uid {me}).",
                $"Run as the user it belongs to, or: sudo chown \"$USER\" {quoted}", problem);
        }

        if (length == 0)
            throw Trouble("Empty", $"The {what} {path} is empty.", $"Write the secret into {quoted}.");

        RePlexOnException Trouble(string id, string message, string advice, Exception? cause = null) =>
            new(errorPrefix + id, ExitCode.Usage, message, advice, cause);
    }

    private static FileStatus StatusOf(string path)
    {
        if (StatX(CurrentFolder, path, 0, ModeAndOwner, out var status) != 0)
            throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        return status;
    }

    private const int OthersBits = 0b000_111_111;
    private const int PermissionBits = 0b111_111_111;
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint ModeAndOwner = 0x2 | 0x8; // STATX_MODE | STATX_UID

    /// <summary>The start of <c>struct statx</c>, which unlike <c>struct stat</c> is the same on all machines (statx(2)).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(20)] public uint UserId;
        [FieldOffset(28)] public ushort Mode;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out FileStatus status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUserId();
}
