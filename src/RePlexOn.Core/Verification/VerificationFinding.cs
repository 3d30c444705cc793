namespace RePlexOn.Verification;

/// <summary>One thing that is wrong with a backup.</summary>
/// <param name="Kind">What.</param>
/// <param name="Path">Where, below the backup's folder; control characters and bytes that are not UTF-8 as <c>\#</c> and three octal digits; <c>.</c> for the backup as a whole.</param>
/// <param name="Detail">More of it, for a person.</param>
public sealed record VerificationFinding(VerificationFindingKind Kind, string Path, string Detail)
{
    /// <inheritdoc />
    public override string ToString() => $"{Kind}: {Path}: {Detail}";
}
