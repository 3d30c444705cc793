namespace RePlexOn.Security.Audit;

/// <summary>What was put right, or taken back.</summary>
/// <param name="Changes">The changes that were made.</param>
/// <param name="Warnings">What is to be told besides: what was not taken back since somebody changed it.</param>
/// <param name="CopyPath">The copy of Preferences.xml as it was; null where that file was not changed.</param>
public sealed record ProtectionResult(IReadOnlyList<ProtectionChange> Changes, IReadOnlyList<string> Warnings, string? CopyPath);
