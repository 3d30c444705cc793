namespace RePlexOn.Files;

/// <summary>What one part of a pattern stands for.</summary>
internal enum PatternTokenKind : byte
{
    /// <summary>One given byte.</summary>
    Literal,

    /// <summary><c>?</c>: any one byte but a slash.</summary>
    AnyByte,

    /// <summary><c>[…]</c>: one byte of a set, never a slash.</summary>
    OneOf,

    /// <summary><c>*</c>: any number of bytes but slashes.</summary>
    Star,

    /// <summary><c>**</c>: any number of bytes.</summary>
    AcrossFolders,
}
