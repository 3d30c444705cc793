using System.Globalization;
using System.IO.Enumeration;

namespace RePlexOn.Security.Audit;

/// <summary>Reads fail2ban's jail files as it does itself: later ones over earlier ones (jail.conf(5)).</summary>
/// <param name="root">Where the file system begins.</param>
internal sealed class Fail2banReader(string root)
{
    private const string Everywhere = "DEFAULT";

    private readonly string _folder = Path.Join(root, "etc/fail2ban");

    /// <summary>Reads them.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public Fail2banView Read()
    {
        if (!Directory.Exists(_folder)) return new Fail2banView(IsInstalled: false, IsRunning: false, []);

        var sections = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (string file in Files()) ReadInto(sections, File.ReadLines(file));
        return new Fail2banView(IsInstalled: true, IsRunning(), [.. sections.Keys.Where(name => name != Everywhere).Select(Jail).OfType<Fail2banJail>()]);

        Fail2banJail? Jail(string name)
        {
            string log = Value(name, "logpath") ?? "";
            bool isOfPlex = name.Contains("plex", StringComparison.OrdinalIgnoreCase) || log.Contains("Plex?Media?Server", StringComparison.Ordinal)
                || log.Contains("Plex Media Server", StringComparison.Ordinal);
            bool isOn = Value(name, "enabled")?.ToUpperInvariant() is "TRUE" or "1" or "YES" or "ON";
            return isOfPlex && isOn ? new Fail2banJail(name, log, CountFiles(log)) : null;
        }

        string? Value(string section, string key) =>
            sections[section].GetValueOrDefault(key) ?? sections.GetValueOrDefault(Everywhere)?.GetValueOrDefault(key);
    }

    private IEnumerable<string> Files() =>
    [
        .. Existing("jail.conf"), .. InFolder("*.conf"), .. Existing("jail.local"), .. InFolder("*.local"),
    ];

    private IEnumerable<string> Existing(string name) => File.Exists(Path.Combine(_folder, name)) ? [Path.Combine(_folder, name)] : [];

    private IEnumerable<string> InFolder(string pattern)
    {
        string folder = Path.Combine(_folder, "jail.d");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal) : [];
    }

    private bool IsRunning()
    {
        string file = Path.Join(root, "run/fail2ban/fail2ban.pid");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out int id)
            && Directory.Exists(Path.Join(root, "proc", id.ToString(CultureInfo.InvariantCulture)));
    }

    private static void ReadInto(Dictionary<string, Dictionary<string, string>> sections, IEnumerable<string> lines)
    {
        Dictionary<string, string>? section = null;
        string? key = null;
        foreach (string line in lines.Where(line => line.Length > 0 && line[0] is not ('#' or ';')))
        {
            if (char.IsWhiteSpace(line[0]))
            {
                if (section is not null && key is not null && line.Trim() is { Length: > 0 } more) section[key] += $"\n{more}";
            }
            else if (line[0] == '[' && line.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
            {
                string name = line[1..end];
                if (!sections.TryGetValue(name, out section)) sections[name] = section = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                key = null;
            }
            else if (section is not null && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                key = line[..equals].Trim();
                section[key] = line[(equals + 1)..].Split(" #")[0].Trim();
            }
        }
    }

    // fail2ban parts the value at every space, also one within a path: such a path must have ? in its place.
    private int CountFiles(string logPath) => logPath.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Where(path => path.StartsWith('/')).Sum(path => Expand(path).Count());

    private IEnumerable<string> Expand(string pattern)
    {
        IEnumerable<string> places = [root.TrimEnd('/') + "/"];
        foreach (string part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            places = places.SelectMany(place => part.AsSpan().ContainsAny('*', '?')
                ? Children(place).Where(child => FileSystemName.MatchesSimpleExpression(part, Path.GetFileName(child), ignoreCase: false))
                : new[] { Path.Combine(place, part) }.Where(Path.Exists));
        }

        return places;
    }

    private static IEnumerable<string> Children(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true })
        : [];
}
