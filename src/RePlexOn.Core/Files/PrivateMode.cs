namespace RePlexOn.Files;

/// <summary>Modes of what is for its owner alone: databases hold names and watch histories, configurations name hosts.</summary>
internal static class PrivateMode
{
    /// <summary>Mode 0600.</summary>
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Mode 0700.</summary>
    public const UnixFileMode Folder = File | UnixFileMode.UserExecute;
}
