namespace RePlexOn.Verification;

/// <summary>How much of a backup is read to prove it.</summary>
public enum VerificationDepth
{
    /// <summary>Names and sizes of everything, and whether the backup says that it is whole. No content is read.</summary>
    Quick,

    /// <summary>All of <see cref="Quick"/>; the databases and some files, chosen by chance, are fetched and read.</summary>
    Sample,

    /// <summary>The target reads every file and tells its sum; the databases are fetched and read.</summary>
    Full,
}
