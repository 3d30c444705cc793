namespace RePlexOn.Targets;

/// <summary>How a transfer ended that did not fail.</summary>
/// <param name="ExitCode">rsync's own: 0, 23 or 24.</param>
/// <param name="Statistics">Its figures.</param>
/// <param name="Warnings">What it complained about, such as the names of files that cannot be read; at most a few hundred lines.</param>
/// <param name="SomeVanished">Files vanished while they were being read (24); normal for a server that runs.</param>
/// <param name="Incomplete">Some files did not arrive (23); the warnings name them.</param>
public sealed record RsyncResult(
    int ExitCode, RsyncStatistics Statistics, IReadOnlyList<string> Warnings, bool SomeVanished, bool Incomplete);
