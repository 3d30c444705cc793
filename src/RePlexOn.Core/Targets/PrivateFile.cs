using System.Runtime.InteropServices;
using RePlexOn.Files;

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

        var status = FileStatus.Read(path) ?? throw new FileNotFoundException(null, path);
        if ((status.Mode & OthersBits) != UnixFileMode.None)
            throw Trouble("NotPrivate", $"The {what} {path} can be used by others than its owner (mode {Convert.ToString((int)status.Mode & PermissionBits, 8)}).",
                $"Run: chmod 600 {quoted}");

        var me = EffectiveUserId();
        if (status.Owner.User != me && status.Owner.User != 0)
            throw Trouble("NotPrivate", $"The {what} {path} belongs to another user (uid {status.Owner.User}).",
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

    private const UnixFileMode OthersBits = (UnixFileMode)0b000_111_111;
    private const int PermissionBits = 0b111_111_111;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUserId();
}
