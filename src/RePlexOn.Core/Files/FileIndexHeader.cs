namespace RePlexOn.Files;

/// <summary>What an index stands for: it may be trusted only where all of this is as expected.</summary>
/// <param name="RunId">The run whose scan it keeps; the manifest on the target must name the same.</param>
/// <param name="TargetIdentity">The target that the run wrote to.</param>
/// <param name="SourcePath">The root that was scanned.</param>
/// <param name="PatternsFingerprint">The <see cref="FilePatterns.Fingerprint"/> of the rules it was scanned under.</param>
/// <param name="ScannedAt">When the scan began.</param>
/// <param name="LastFullPassAt">When rsync last compared the whole tree itself.</param>
/// <param name="MountPoint">Where the target's file system was mounted; null for a target that is not local.</param>
/// <param name="Incomplete">Whether something of the source did not reach the target, so that a full pass must follow.</param>
public sealed record FileIndexHeader(
    string RunId, string TargetIdentity, string SourcePath, string PatternsFingerprint,
    DateTimeOffset ScannedAt, DateTimeOffset LastFullPassAt,
    string? MountPoint = null, bool Incomplete = false);
