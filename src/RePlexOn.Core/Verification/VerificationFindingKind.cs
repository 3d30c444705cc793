namespace RePlexOn.Verification;

/// <summary>What is wrong with a backup.</summary>
public enum VerificationFindingKind
{
    /// <summary>There is no manifest, or none that can be read: nobody says what should be there.</summary>
    ManifestMissing,

    /// <summary>The manifest says that the run which made the backup did not end.</summary>
    Incomplete,

    /// <summary>The list of what was put into the backup is missing or damaged: contents cannot be proven by it.</summary>
    ListDamaged,

    /// <summary>There are more or fewer files or bytes than the manifest says; told where no list names them.</summary>
    CountDiffers,

    /// <summary>Something that was backed up is not there.</summary>
    Missing,

    /// <summary>Something is there with another content or size than it was backed up with, or as another kind of thing.</summary>
    Different,

    /// <summary>Something is there that no run has put there.</summary>
    Foreign,

    /// <summary>The target could not read it.</summary>
    Unreadable,

    /// <summary>A database is not the one that was backed up, or did not pass its check.</summary>
    DatabaseDamaged,
}
