namespace RePlexOn.Files;

/// <summary>Who owns a file.</summary>
/// <param name="User">The user's number.</param>
/// <param name="Group">The group's number.</param>
internal readonly record struct FileOwner(uint User, uint Group)
{
    /// <summary>The owner of what the path leads to; null when it cannot be looked at.</summary>
    public static FileOwner? Of(string path)
    {
        try
        {
            return FileStatus.Read(path)?.Owner;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Gives a file to this owner. Where that is not permitted, the file stays the current user's.</summary>
    public void ApplyTo(string path) => _ = LinuxCalls.chown(path, User, Group);
}
