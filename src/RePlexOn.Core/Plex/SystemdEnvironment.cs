using System.Text.RegularExpressions;

namespace RePlexOn.Plex;

/// <summary>Reads where the service's own files put Plex's data.</summary>
internal static partial class SystemdEnvironment
{
    /// <summary>The variable that names the folder above <c>Plex Media Server</c>.</summary>
    public const string Variable = "PLEX_MEDIA_SERVER_APPLICATION_SUPPORT_DIR";

    private static readonly string[] UnitFolders = ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

    /// <summary>The folders named in unit files, their drop-ins and <c>/etc/default/plexmediaserver</c>, each with the file that names it.</summary>
    /// <param name="root">Where the file system begins.</param>
    public static IEnumerable<(string Folder, string File)> Find(string root)
    {
        foreach (var file in Files(root))
        {
            foreach (var line in PlexProcess.ReadText(root + file)?.Split('\n') ?? [])
            {
                if (ReadValue(line) is { } value)
                    yield return (value, file);
            }
        }
    }

    /// <summary>The variable's value, if the line sets it to an absolute path: in a unit or a shell's words.</summary>
    internal static string? ReadValue(string line)
    {
        if (line.TrimStart() is ['#' or ';', ..] || AssignmentPattern().Match(line) is not { Success: true } match)
            return null;
        var value = match.Groups["value"].Value.Replace(@"\x20", " ", StringComparison.Ordinal);
        return value.StartsWith('/') ? value : null;
    }

    private static IEnumerable<string> Files(string root)
    {
        foreach (var folder in UnitFolders)
        {
            var dropIns = $"{folder}/plexmediaserver.service.d";
            if (Directory.Exists(root + dropIns))
            {
                foreach (var file in Directory.EnumerateFiles(root + dropIns, "*.conf").Order(StringComparer.Ordinal))
                    yield return $"{dropIns}/{Path.GetFileName(file)}";
            }
        }

        yield return "/etc/default/plexmediaserver";
        foreach (var folder in UnitFolders)
            yield return $"{folder}/plexmediaserver.service";
    }

    // Environment="VAR=a b", Environment=VAR="a b", VAR='a b', export VAR=a
    [GeneratedRegex("([\"'])" + Variable + "=(?<value>.*?)\\1|" + Variable + "=(?:([\"'])(?<value>.*?)\\2|(?<value>[^\\s\"']+))")]
    private static partial Regex AssignmentPattern();
}
