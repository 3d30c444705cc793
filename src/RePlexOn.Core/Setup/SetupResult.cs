using RePlexOn.Checks;

namespace RePlexOn.Setup;

/// <summary>What set-up did.</summary>
/// <param name="ConfigurationPath">The configuration it wrote or brought up to date.</param>
/// <param name="Created">Whether that file is new.</param>
/// <param name="Source">The Plex data directory; null where none was found.</param>
/// <param name="Target">Where backups will go; null where none was given yet.</param>
/// <param name="PasswordFile">The secret file it wrote; null where none was.</param>
/// <param name="StateDirectory">Where history and index will lie.</param>
/// <param name="Steps">All that it did, or would do.</param>
/// <param name="Checks">What the configuration looks like, tested there and then; empty where nothing was written.</param>
public sealed record SetupResult(
    string ConfigurationPath, bool Created, string? Source, string? Target, string? PasswordFile,
    string StateDirectory, IReadOnlyList<SetupStep> Steps, IReadOnlyList<Check> Checks);
