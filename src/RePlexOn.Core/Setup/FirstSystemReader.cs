using System.Text.RegularExpressions;
using RePlexOn.Targets;

namespace RePlexOn.Setup;

/// <summary>
/// Reads how the first RePlexOn was set: the variables at the top of its scripts, which did the work, and its <c>.env</c>,
/// which its web pages went by. The files are read as text; nothing in them is run.
/// </summary>
/// <param name="root">Where the file system begins: <c>/</c>, or a folder that stands for it.</param>
public sealed partial class FirstSystemReader(string root = "/")
{
    private const int LargestFile = 1 << 20;
    private const string EnvironmentFile = "/opt/replexon/.env";
    private const string UsualScript = "/usr/local/bin/backup-plex.sh";
    private const string CleanUpScript = "cleanup-plex-snapshots.sh";

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)).TrimEnd('/');

    /// <summary>What it was set to; null where there is no trace of it.</summary>
    public FirstSystemSettings? Read()
    {
        var readFrom = new List<string>();
        IReadOnlyDictionary<string, string> environment = Variables(EnvironmentFile, readFrom);
        string script = environment.GetValueOrDefault("BACKUP_SCRIPT_PATH") is { } named && Path.IsPathFullyQualified(named) ? named : UsualScript;
        IReadOnlyDictionary<string, string> backup = Variables(script, readFrom);
        IReadOnlyDictionary<string, string> cleanUp = Variables(Path.Combine(Path.GetDirectoryName(script)!, CleanUpScript), readFrom);
        if (readFrom.Count == 0) return null;

        string? secret = backup.GetValueOrDefault("RSYNC_PASSWORD_FILE");
        return new FirstSystemSettings(
            Known(backup.GetValueOrDefault("PLEX_DATA") ?? environment.GetValueOrDefault("PLEX_DATA_PATH"), Directory.Exists),
            Target(backup) ?? Usable(environment.GetValueOrDefault("BACKUP_DESTINATION")),
            Known(secret, File.Exists),
            int.TryParse(cleanUp.GetValueOrDefault("KEEP_COUNT"), out int kept) && kept is > 0 and <= 10_000 ? kept : null,
            backup.GetValueOrDefault("EMAIL_ON_FAILURE"),
            readFrom);
    }

    private static string? Target(IReadOnlyDictionary<string, string> script) =>
        script.GetValueOrDefault("NAS_IP") is { } host && script.GetValueOrDefault("RSYNC_MODULE") is { } module
            ? Usable($"rsync://{(script.GetValueOrDefault("RSYNC_USER") is { } user ? $"{Uri.EscapeDataString(user)}@" : "")}{host}/{Uri.EscapeDataString(module)}")
            : null;

    private static string? Usable(string? target)
    {
        if (target is null) return null;
        try
        {
            BackupTarget.Parse(target, new TargetOptions());
            return target;
        }
        catch (RePlexOnException)
        {
            return null;
        }
    }

    private string? Known(string? path, Func<string, bool> isThere) =>
        path is not null && Path.IsPathFullyQualified(path) && isThere(_root + path) ? _root + path : null;

    private Dictionary<string, string> Variables(string path, List<string> readFrom)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (ReadText(_root + path) is not { } text) return variables;

        foreach (Match line in Assignment().Matches(text))
        {
            string value = line.Groups["single"].Success ? line.Groups["single"].Value
                : line.Groups["double"].Success ? line.Groups["double"].Value : line.Groups["bare"].Value;
            // What a shell would work out is not known without running it.
            if (value.Length > 0 && (line.Groups["single"].Success || value.AsSpan().IndexOfAny('$', '`', '\\') < 0))
                variables[line.Groups["name"].Value] = value;
        }

        readFrom.Add(_root + path);
        return variables;
    }

    private static string? ReadText(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= LargestFile ? File.ReadAllText(path) : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex("""^[ \t]*(export[ \t]+)?(?<name>[A-Z][A-Z0-9_]*)=("(?<double>[^"\r\n]*)"|'(?<single>[^'\r\n]*)'|(?<bare>[^\s"'#;]*))[ \t]*(#.*|\r)?$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Assignment();
}
