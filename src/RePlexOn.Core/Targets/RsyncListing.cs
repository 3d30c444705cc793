using System.Globalization;
using System.Text.RegularExpressions;

namespace RePlexOn.Targets;

/// <summary>Reads the lines of <c>rsync --list-only --no-h</c>, printed with <c>TZ=UTC0</c>.</summary>
internal static partial class RsyncListing
{
    /// <summary>The entry that a line shows; null for the folder itself and for lines that show none.</summary>
    public static RemoteEntry? Read(string line)
    {
        var match = Line().Match(line);
        if (!match.Success || match.Groups["name"].Value == ".") return null;

        var kind = match.Groups["kind"].Value switch
        {
            "-" => RemoteEntryKind.File,
            "d" => RemoteEntryKind.Folder,
            "l" => RemoteEntryKind.Link,
            _ => RemoteEntryKind.Other,
        };
        var time = DateTimeOffset.ParseExact(match.Groups["time"].Value, "yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new RemoteEntry(
            RsyncNames.Unescape(match.Groups["name"].Value), kind,
            long.Parse(match.Groups["size"].Value, NumberStyles.None, CultureInfo.InvariantCulture), time);
    }

    [GeneratedRegex(@"^(?<kind>[-dlbcps])[-rwxsStT]{9}\S? +(?<size>\d+) (?<time>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) (?<name>.*)$", RegexOptions.Singleline)]
    private static partial Regex Line();
}
