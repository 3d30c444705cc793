using System.Text;
using System.Text.RegularExpressions;
using RePlexOn.Files;

namespace RePlexOn.Security.AccessLog;

/// <summary>URLs of a log: shown without what opens a door, and decoded for a look at what they mean.</summary>
internal static partial class UrlText
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Blot = "[redacted]";

    private const int LongestShown = 2000;
    private const int MostLayers = 4;

    /// <summary>The URL as one line of text, with tokens and passwords blotted out.</summary>
    public static string Show(ReadOnlySpan<byte> url)
    {
        string text = OneLine(url.Length > LongestShown ? url[..LongestShown] : url);
        if (text.Contains('=', StringComparison.Ordinal) || text.Contains('%', StringComparison.Ordinal))
        {
            text = Secret().Replace(text, $"$1{Blot}");
            // A name whose letters are encoded too is no name that the expression knows, but the server does.
            string decoded = Decode(text);
            foreach (Match match in Secret().Matches(decoded))
            {
                if (match.Groups[2].Value.Length == 0 || match.Groups[2].Value.StartsWith(Blot, StringComparison.Ordinal)) continue;
                int query = text.IndexOf('?', StringComparison.Ordinal);
                text = (query < 0 ? "" : text[..(query + 1)]) + Blot;
                break;
            }
        }

        return url.Length > LongestShown ? text + "…" : text;
    }

    /// <summary>The text with its percent signs resolved, as often as they are nested, and with slashes for backslashes.</summary>
    public static string Decode(string text)
    {
        for (int layer = 0; layer < MostLayers && text.Contains('%', StringComparison.Ordinal); layer++)
        {
            string decoded = Uri.UnescapeDataString(text);
            if (decoded == text) break;
            text = decoded;
        }

        return text.Replace('\\', '/');
    }

    /// <summary>Text of a client as one line, whatever is in it.</summary>
    public static string OneLine(ReadOnlySpan<byte> text) =>
        text.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? DisplayPath.Of(text) : Encoding.ASCII.GetString(text);

    // A value ends at & in whatever layer of encoding, or where a URL cannot go on.
    [GeneratedRegex(
        @"((?:token|passw(?:or)?d|secret|api_?key|claim|auth)[\w.\-\[\]]*(?:=|%(?:25)*3D))((?:[^&\s""'<>%#]|%(?!(?:25)*26))*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
