namespace RePlexOn.Targets;

/// <summary>How the sum of a file is worked out: one of the two that are asked of rsync, and are not seeded.</summary>
public enum FileSumKind
{
    /// <summary>XXH3 in 128 bits: what rsync takes from 3.2 on; several times as fast.</summary>
    Xxh128,

    /// <summary>MD5: all that an rsync before 3.2 has.</summary>
    Md5,
}
