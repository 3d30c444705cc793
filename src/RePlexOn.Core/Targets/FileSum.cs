using System.Globalization;

namespace RePlexOn.Targets;

/// <summary>The sum of a file's content. It finds damage; it is not meant to stop an attacker.</summary>
/// <param name="Kind">How it was worked out.</param>
/// <param name="High">Its first sixteen hexadecimal digits.</param>
/// <param name="Low">Its last sixteen.</param>
/// <remarks>Not a UInt128: what passes one by value is not compiled ahead of time, and there is one for each file.</remarks>
public readonly record struct FileSum(FileSumKind Kind, ulong High, ulong Low)
{
    /// <summary>Digits of a sum in text.</summary>
    internal const int Digits = 32;

    /// <summary>Reads the digits that rsync prints; null where there are none, as for what rsync has not read.</summary>
    internal static FileSum? Parse(FileSumKind? kind, ReadOnlySpan<char> digits) =>
        kind is { } known && digits.Length == Digits
            && ulong.TryParse(digits[..(Digits / 2)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong high)
            && ulong.TryParse(digits[(Digits / 2)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong low)
            ? new(known, high, low)
            : null;

    /// <inheritdoc cref="Parse(FileSumKind?, ReadOnlySpan{char})"/>
    internal static FileSum? Parse(FileSumKind? kind, ReadOnlySpan<byte> digits) =>
        kind is { } known && digits.Length == Digits
            && ulong.TryParse(digits[..(Digits / 2)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong high)
            && ulong.TryParse(digits[(Digits / 2)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong low)
            ? new(known, high, low)
            : null;

    /// <summary>Writes 32 lower-case hexadecimal digits.</summary>
    internal void Write(Span<byte> digits)
    {
        High.TryFormat(digits, out _, "x16", CultureInfo.InvariantCulture);
        Low.TryFormat(digits[(Digits / 2)..], out _, "x16", CultureInfo.InvariantCulture);
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");
}
