using RePlexOn.Plex.Databases;

namespace RePlexOn.Files;

/// <summary>Gives one folder or file the mode, owner and times of another.</summary>
internal static class FileAttributesCopy
{
    /// <summary>Applies what may be applied: the owner stays where this user may not give files away.</summary>
    public static void Apply(string from, string to)
    {
        if (FileStatus.Read(from) is not { } status) return;
        FileStatus.TryGive(to, status.UserId, status.GroupId);
        File.SetUnixFileMode(to, File.GetUnixFileMode(from));
        Directory.SetLastWriteTimeUtc(to, Directory.GetLastWriteTimeUtc(from));
    }
}
