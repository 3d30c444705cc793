namespace RePlexOn.Security.Audit;

/// <summary>One change that puts something right.</summary>
/// <param name="Kind">What is changed.</param>
/// <param name="Subject">The key of a setting, or a path.</param>
/// <param name="After">The new value, or the mode as four octal digits.</param>
internal sealed record Remedy(ProtectionKind Kind, string Subject, string After)
{
    /// <summary>Sets a setting of the server.</summary>
    public static Remedy Setting(string key, string value) => new(ProtectionKind.Setting, key, value);

    /// <summary>Gives a file or folder a mode.</summary>
    public static Remedy Mode(string path, UnixFileMode mode) => new(ProtectionKind.FileMode, path, FileLook.Octal(mode));
}
