using System.Globalization;
using System.Text.RegularExpressions;

namespace RePlexOn.Targets;

/// <summary>Reads the kernel's table of mounts (proc(5), <c>/proc/pid/mountinfo</c>).</summary>
internal static partial class MountTable
{
    private const int MountPointField = 4;

    /// <summary>Where the file system that holds a path is mounted.</summary>
    /// <param name="realPath">An absolute path without symbolic links.</param>
    /// <param name="tablePath">The table to read.</param>
    public static string? MountPointOf(string realPath, string tablePath = "/proc/self/mountinfo") =>
        File.ReadLines(tablePath)
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length > MountPointField)
            .Select(fields => Unescape(fields[MountPointField]))
            .Where(mount => mount == "/" || realPath == mount || realPath.StartsWith(mount + "/", StringComparison.Ordinal))
            .MaxBy(mount => mount.Length);

    /// <summary>Space, tab, newline and backslash stand in the table as an octal number.</summary>
    private static string Unescape(string field) => Octal().Replace(field,
        match => ((char)Convert.ToInt32(match.Groups[1].Value, 8)).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\\([0-7]{3})")]
    private static partial Regex Octal();
}
