using RePlexOn.Security.Docker;

namespace RePlexOn.Security.Audit;

/// <summary>Who else can read or change a file.</summary>
/// <param name="Path">The path, as it was asked for.</param>
/// <param name="File">What the file system says of it.</param>
internal sealed record FileLook(string Path, SourceFile File)
{
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Whether any user of the machine can read it: it lets others, and so does every folder above.</summary>
    public bool IsReadableByAll => File.IsReachable && File.Mode.HasFlag(UnixFileMode.OtherRead);

    /// <summary>Whether any user of the machine can change it.</summary>
    public bool IsWritableByAll => File.IsOpen && !File.IsSticky;

    /// <summary>Whether any user can list a folder, or go through it to what lies below.</summary>
    public bool IsOpenFolder => File.IsReachable && (File.Mode & (UnixFileMode.OtherRead | UnixFileMode.OtherExecute)) != 0;

    /// <summary>What was seen, for evidence.</summary>
    public string Seen => $"{Path} has mode {Octal(File.Mode)}";

    /// <summary>The mode without any right of others.</summary>
    public UnixFileMode WithoutOthers => File.Mode & ~Others;

    /// <summary>The mode without any right of the group and of others.</summary>
    public UnixFileMode OwnerOnly => File.Mode & ~(Group | Others);

    /// <summary>Looks at a path; null when nothing is there.</summary>
    /// <exception cref="IOException">This user may not look.</exception>
    public static FileLook? At(string path) => SourceFile.Read(path) is { } file ? new FileLook(path, file) : null;

    /// <summary>A mode as four octal digits.</summary>
    public static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    /// <summary>Whose it is, as a name where the machine knows one.</summary>
    public static string NameOf(uint user)
    {
        try
        {
            return System.IO.File.ReadLines("/etc/passwd").Select(line => line.Split(':'))
                .FirstOrDefault(fields => fields.Length > 2 && fields[2] == $"{user}")?[0] ?? $"user {user}";
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return $"user {user}";
        }
    }
}
