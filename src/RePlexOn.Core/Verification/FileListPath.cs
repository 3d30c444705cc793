using System.Text;
using System.Text.Unicode;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>
/// Writes paths as lists of files hold them: printable ASCII as it is, each other byte and the backslash as a backslash
/// and three octal digits. So a path is one line, whatever bytes it is made of, and each path has one spelling.
/// </summary>
internal static class FileListPath
{
    private const int EscapeLength = 4;

    /// <summary>The spelling of a path that rsync printed; a folder's closing slash is left off, the root is empty.</summary>
    public static string OfPrinted(string printed)
    {
        string path = printed.TrimEnd('/');
        if (path == ".") return "";
        return path.AsSpan().ContainsAnyExceptInRange(' ', '~') || path.Contains('\\', StringComparison.Ordinal)
            ? Of(RsyncNames.UnescapeBytes(Encoding.UTF8.GetBytes(path)))
            : path;
    }

    /// <summary>The spelling of a path of these bytes.</summary>
    public static string Of(ReadOnlySpan<byte> path)
    {
        Span<byte> spelt = new byte[path.Length * EscapeLength];
        return Encoding.ASCII.GetString(spelt[..Write(path, spelt)]);
    }

    /// <summary>Writes the spelling of a path.</summary>
    /// <param name="path">Its bytes.</param>
    /// <param name="spelt">Four times as long.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(ReadOnlySpan<byte> path, Span<byte> spelt)
    {
        int length = 0;
        foreach (byte value in path)
        {
            if (value is >= (byte)' ' and <= (byte)'~' and not (byte)'\\')
            {
                spelt[length++] = value;
                continue;
            }

            spelt[length++] = (byte)'\\';
            spelt[length++] = (byte)('0' + (value >> 6));
            spelt[length++] = (byte)('0' + ((value >> 3) & 7));
            spelt[length++] = (byte)('0' + (value & 7));
        }

        return length;
    }

    /// <summary>The bytes of a path so spelt.</summary>
    public static byte[] Bytes(string path)
    {
        var bytes = new byte[path.Length];
        int length = 0;
        for (int at = 0; at < path.Length; at++)
        {
            bool escaped = path[at] == '\\' && at + EscapeLength <= path.Length;
            bytes[length++] = escaped ? Octal(path.AsSpan(at + 1, EscapeLength - 1)) : (byte)path[at];
            if (escaped) at += EscapeLength - 1;
        }

        return bytes[..length];
    }

    /// <summary>Whether .NET can name the file, and so remove it: whether its bytes are UTF-8.</summary>
    public static bool IsText(string path) => Utf8.IsValid(Bytes(path));

    private static byte Octal(ReadOnlySpan<char> digits) => (byte)(((digits[0] - '0') << 6) | ((digits[1] - '0') << 3) | (digits[2] - '0'));
}
