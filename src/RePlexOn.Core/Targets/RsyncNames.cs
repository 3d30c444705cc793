using System.Text;

namespace RePlexOn.Targets;

/// <summary>
/// Reads names as rsync prints them. In the C locale it writes each byte outside of printable ASCII as <c>\#ooo</c>
/// (three octal digits), and so a backslash that would else read as such.
/// </summary>
internal static class RsyncNames
{
    /// <summary>The name itself; bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains("\\#", StringComparison.Ordinal)) return text;

        return Encoding.UTF8.GetString(UnescapeBytes(text));
    }

    /// <summary>The bytes of the name.</summary>
    public static byte[] UnescapeBytes(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (EscapedByte(text, at) is { } value)
            {
                bytes.Add(value);
                at += 4;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, at, 1));
            }
        }

        return [.. bytes];
    }

    /// <summary>The same for a message that must stay one harmless line: control characters become U+FFFD.</summary>
    public static string UnescapeLine(string text) =>
        string.Concat(Unescape(text).Select(c => char.IsControl(c) ? '\uFFFD' : c));

    private static byte? EscapedByte(string text, int at)
    {
        if (at + 4 >= text.Length || text[at] != '\\' || text[at + 1] != '#') return null;
        var value = 0;
        for (var digit = at + 2; digit <= at + 4; digit++)
        {
            if (text[digit] is < '0' or > '7') return null;
            value = (value * 8) + text[digit] - '0';
        }

        return value <= byte.MaxValue ? (byte)value : null;
    }
}
