using System.Text;

namespace RePlexOn.Targets;

/// <summary>
/// Reads names as rsync prints them. In the C locale it writes each byte outside of printable ASCII as <c>\#ooo</c>
/// (three octal digits), and so a backslash that would else read as such.
/// </summary>
internal static class RsyncNames
{
    private const int EscapeLength = 5;

    /// <summary>The name itself; bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Unescape(string text) => text.Contains("\\#", StringComparison.Ordinal)
        ? Encoding.UTF8.GetString(UnescapeBytes(Encoding.UTF8.GetBytes(text)))
        : text;

    /// <summary>The bytes of the name.</summary>
    public static byte[] UnescapeBytes(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        int length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            byte? escaped = EscapedByte(text[at..]);
            bytes[length++] = escaped ?? text[at];
            if (escaped is not null) at += EscapeLength - 1;
        }

        return bytes[..length];
    }

    /// <summary>The same for a message that must stay one harmless line: control characters become U+FFFD.</summary>
    public static string UnescapeLine(string text) =>
        string.Concat(Unescape(text).Select(c => char.IsControl(c) ? '\uFFFD' : c));

    private static byte? EscapedByte(ReadOnlySpan<byte> text)
    {
        if (text.Length < EscapeLength || !text.StartsWith("\\#"u8)) return null;
        var value = 0;
        foreach (byte digit in text[2..EscapeLength])
        {
            if (digit is < (byte)'0' or > (byte)'7') return null;
            value = (value * 8) + digit - '0';
        }

        return value <= byte.MaxValue ? (byte)value : null;
    }
}
