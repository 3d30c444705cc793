using System.Text;
using System.Text.RegularExpressions;

namespace RePlexOn.Security.Audit;

/// <summary>Counts the lines of a log that hold a token. Plex writes <c>xxxxxxxxxxxxxxxxxxxx</c> in its place, unless told otherwise.</summary>
internal static partial class TokensInLog
{
    /// <summary>Counts. The file may grow meanwhile.</summary>
    public static int Count(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        int lines = 0;
        while (reader.ReadLine() is { } line)
        {
            if (line.Contains("oken", StringComparison.Ordinal) && Token().IsMatch(line)) lines++;
        }

        return lines;
    }

    [GeneratedRegex("(?:x-plex-token|auth_?token|access_?token)(?:=|%3D|\"?: *\"?)(?!x+(?![a-z0-9_-]))[a-z0-9_-]{12,}", RegexOptions.IgnoreCase)]
    private static partial Regex Token();
}
