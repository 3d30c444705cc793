namespace RePlexOn.Security.Fail2ban;

/// <summary>Where the files of the jail lie.</summary>
/// <param name="path">fail2ban's configuration folder.</param>
internal sealed class Fail2banFolder(string path)
{
    /// <summary>Where distributions put it.</summary>
    public const string Usual = "/etc/fail2ban";

    /// <summary>Name of the jail, and of each of its files.</summary>
    public const string Jail = "replexon-plex";

    /// <summary>What each of our files begins with: others of their names are not touched.</summary>
    public const string Mark = "# Made by RePlexOn.";

    private const string FileName = $"{Jail}.conf";

    /// <summary>The folder itself.</summary>
    public string Path { get; } = System.IO.Path.TrimEndingDirectorySeparator(path);

    /// <summary>The filter's file.</summary>
    public string Filter => System.IO.Path.Combine(Path, "filter.d", FileName);

    /// <summary>The action's file.</summary>
    public string Action => System.IO.Path.Combine(Path, "action.d", FileName);

    /// <summary>The jail's file.</summary>
    public string JailFile => System.IO.Path.Combine(Path, "jail.d", FileName);

    /// <summary>All of them; the jail, which names the others, last.</summary>
    public IReadOnlyList<string> Files => [Filter, Action, JailFile];

    /// <summary>Whether one of them is there.</summary>
    public bool HasAny => Files.Any(File.Exists);

    /// <summary>Makes sure that fail2ban is installed here.</summary>
    /// <exception cref="RePlexOnException"><c>Fail2banNotFound</c>.</exception>
    public void Check()
    {
        if (Directory.Exists(System.IO.Path.Combine(Path, "jail.d")) && Directory.Exists(System.IO.Path.Combine(Path, "filter.d"))) return;
        throw new RePlexOnException(
            "Fail2banNotFound", ExitCode.Failed, $"fail2ban's configuration is not in {Path}: there is no jail.d and filter.d in it.",
            "Install fail2ban (apt install fail2ban, or your distribution's like), or name the folder where its configuration is.");
    }

    /// <summary>What a file of ours holds; null where it is not there.</summary>
    /// <exception cref="RePlexOnException"><c>Fail2banFileTaken</c>: it is somebody else's. <c>Fail2banNotReadable</c>.</exception>
    public static string? Read(string file)
    {
        try
        {
            string text = File.ReadAllText(file);
            return text.StartsWith(Mark, StringComparison.Ordinal) ? text : throw new RePlexOnException(
                "Fail2banFileTaken", ExitCode.Failed, $"{file} is there already, and RePlexOn did not make it.",
                "Look at it, and rename or remove it if it is not needed; then try again.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException("Fail2banNotReadable", ExitCode.Failed, $"{file} cannot be read: {e.Message}", "Run this as root.", e);
        }
    }
}
