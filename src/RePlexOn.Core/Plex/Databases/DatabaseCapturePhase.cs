namespace RePlexOn.Plex.Databases;

/// <summary>What a capture is doing.</summary>
public enum DatabaseCapturePhase
{
    /// <summary>Reading pages out of Plex's database.</summary>
    Copying,

    /// <summary>Proving that the copy is sound.</summary>
    Checking,

    /// <summary>Reading the copy once more for its SHA-256.</summary>
    Hashing,
}
