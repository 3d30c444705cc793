using System.Globalization;
using System.Text;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>
/// Writes paths as lists of files hold them: printable ASCII as it is, each other byte and the backslash as a backslash
/// and three octal digits. So a path is one line, whatever bytes it is made of, and each path has one spelling.
/// </summary>
internal static class FileListPath
{
    /// <summary>The spelling of a path that rsync printed; a folder's closing slash is left off, the root is empty.</summary>
    public static string OfPrinted(string printed)
    {
        string path = printed.TrimEnd('/');
        if (path == ".") return "";
        return path.AsSpan().ContainsAnyExceptInRange(' ', '~') || path.Contains('\\', StringComparison.Ordinal)
            ? Of(RsyncNames.UnescapeBytes(path))
            : path;
    }

    /// <summary>The spelling of a path of these bytes.</summary>
    public static string Of(ReadOnlySpan<byte> path)
    {
        var text = new StringBuilder(path.Length);
        foreach (byte value in path)
        {
            if (value is >= (byte)' ' and <= (byte)'~' and not (byte)'\\') text.Append((char)value);
            else text.Append('\\').Append(Convert.ToString(value, 8).PadLeft(3, '0'));
        }

        return text.ToString();
    }

    /// <summary>The bytes of a path so spelt.</summary>
    public static byte[] Bytes(string path)
    {
        var bytes = new byte[path.Length];
        int length = 0;
        for (int at = 0; at < path.Length; at++)
        {
            bool escaped = path[at] == '\\' && at + 3 < path.Length;
            bytes[length++] = escaped ? Octal(path.AsSpan(at + 1, 3)) : (byte)path[at];
            if (escaped) at += 3;
        }

        return bytes[..length];
    }

    /// <summary>The name by which .NET opens the file; null where its bytes are not UTF-8, so that there is none.</summary>
    public static string? FileName(string path)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes(path));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static byte Octal(ReadOnlySpan<char> digits) => (byte)(((digits[0] - '0') << 6) | ((digits[1] - '0') << 3) | (digits[2] - '0'));

    /// <summary>A sum as lists hold it: 32 lower-case hexadecimal digits.</summary>
    public static string Hex(UInt128 md5) => md5.ToString("x32", CultureInfo.InvariantCulture);
}
