namespace RePlexOn.Verification;

/// <summary>How far a verification is.</summary>
/// <param name="Text">What it is doing, for a person.</param>
/// <param name="Done">How much of that is done, in bytes.</param>
/// <param name="Total">How much there is in all, in bytes; null where that is not known.</param>
public sealed record VerificationProgress(string Text, long Done = 0, long? Total = null)
{
    /// <summary>Share done in percent, 0 to 100; null where it cannot be told.</summary>
    public int? Percent => Total is > 0 ? (int)Math.Clamp(100 * Done / Total.Value, 0, 100) : null;
}
