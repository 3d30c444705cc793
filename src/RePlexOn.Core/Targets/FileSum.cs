using System.Globalization;

namespace RePlexOn.Targets;

/// <summary>The sum of a file's content. It finds damage; it is not meant to stop an attacker.</summary>
/// <param name="Kind">How it was worked out.</param>
/// <param name="Value">The sum, read as one number, the first digit being the highest.</param>
public readonly record struct FileSum(FileSumKind Kind, UInt128 Value)
{
    /// <summary>Digits of a sum in text.</summary>
    internal const int Digits = 32;

    /// <summary>Reads the digits that rsync prints; null where there are none, as for what rsync has not read.</summary>
    internal static FileSum? Parse(FileSumKind? kind, ReadOnlySpan<char> digits) =>
        kind is { } known && digits.Length == Digits
            && UInt128.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 value)
            ? new(known, value)
            : null;

    /// <inheritdoc cref="Parse(FileSumKind?, ReadOnlySpan{char})"/>
    internal static FileSum? Parse(FileSumKind? kind, ReadOnlySpan<byte> digits) =>
        kind is { } known && digits.Length == Digits
            && UInt128.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 value)
            ? new(known, value)
            : null;

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
