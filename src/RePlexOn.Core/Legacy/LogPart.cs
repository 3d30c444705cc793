using System.Globalization;
using RePlexOn.Files;

namespace RePlexOn.Legacy;

/// <summary>A file to read, and from where on.</summary>
/// <param name="Path">The file.</param>
/// <param name="Offset">Where to begin.</param>
internal sealed record LogPart(string Path, long Offset)
{
    /// <summary>
    /// What of a log was not read yet, in the order in which it was written. Where the log was rotated since, the rest
    /// of the old one comes first; where it was never read, what rotation has kept of it does.
    /// </summary>
    public static IReadOnlyList<LogPart> Of(string path, FileStatus? log, LogBookmark? bookmark)
    {
        if (bookmark is { Offset: > 0 } && log is not null && Holds(path, bookmark))
            return [new LogPart(path, bookmark.Offset)];

        var parts = new List<LogPart>();
        foreach (string old in Rotated(path))
        {
            // Those that came after the one which was read have not been read at all.
            if (parts.Count > 0 || bookmark is not { Offset: > 0 }) parts.Add(new LogPart(old, 0));
            else if (Holds(old, bookmark)) parts.Add(new LogPart(old, bookmark.Offset));
        }

        if (log is not null) parts.Add(new LogPart(path, 0));
        return parts;
    }

    /// <summary>The files that rotation has made of a log (<c>.1</c>, <c>.2.gz</c> …), the oldest first.</summary>
    public static IReadOnlyList<string> Rotated(string path)
    {
        var files = new List<string>();
        // While it packs a file, there are both.
        for (int number = 1; FirstOf(RotatedName(path, number), RotatedName(path, number) + ".gz") is { } file; number++) files.Insert(0, file);
        return files;
    }

    /// <summary>The name that rotation gives a log.</summary>
    public static string RotatedName(string path, int number) => string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");

    private static string? FirstOf(params ReadOnlySpan<string> files)
    {
        foreach (string file in files)
        {
            if (File.Exists(file)) return file;
        }

        return null;
    }

    private static bool Holds(string path, LogBookmark bookmark)
    {
        using var log = LogText.Open(path);
        return log.Holds(bookmark);
    }
}
