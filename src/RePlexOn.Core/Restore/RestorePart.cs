namespace RePlexOn.Restore;

/// <summary>A part of a data directory that can be restored by itself.</summary>
/// <param name="Name">How users name it.</param>
/// <param name="Paths">What belongs to it, as paths below the data directory.</param>
public sealed record RestorePart(string Name, IReadOnlyList<string> Paths)
{
    /// <summary>All parts.</summary>
    public static IReadOnlyList<RestorePart> All { get; } =
    [
        new("Databases", ["Plug-in Support/Databases"]),
        new("Preferences", ["Preferences.xml"]),
        new("Metadata", ["Metadata"]),
        new("Media", ["Media"]),
        new("Plug-ins", ["Plug-ins", "Plug-in Support/Data", "Plug-in Support/Metadata Combination", "Plug-in Support/Preferences"]),
    ];

    /// <summary>The part of that name; upper and lower case do not matter.</summary>
    /// <exception cref="RePlexOnException"><c>PartUnknown</c>.</exception>
    public static RestorePart Find(string name) =>
        All.FirstOrDefault(part => part.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new RePlexOnException(
            "PartUnknown", ExitCode.Usage, $"There is no part '{name}'.",
            $"The parts are {string.Join(", ", All.Select(part => part.Name))}; leave the part out to restore all of it.");

    /// <summary>The name of the part that a path belongs to; <c>Other</c> for what is in none.</summary>
    internal static string NameOf(string path) => All.FirstOrDefault(part => part.Holds(path))?.Name ?? "Other";

    /// <summary>Whether a path is one of the part's, or beneath one.</summary>
    internal bool Holds(string path) => Paths.Any(own => path == own || path.StartsWith(own + "/", StringComparison.Ordinal));
}
