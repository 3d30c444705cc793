namespace RePlexOn.History;

/// <summary>Where an imported run was read. What a log tells is better than the rest.</summary>
internal enum ImportOrigin
{
    /// <summary>A line of the first system's tracking file, which knows the day alone.</summary>
    Tracking,

    /// <summary>The first system's database.</summary>
    Database,

    /// <summary>The markers in a log.</summary>
    Log,
}
