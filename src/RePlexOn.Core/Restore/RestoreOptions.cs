using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Plex;

namespace RePlexOn.Restore;

/// <summary>What a user asks of one restore.</summary>
public sealed record RestoreOptions
{
    /// <summary>The name that stands for the mirror.</summary>
    public const string Mirror = "mirror";

    /// <summary>The configuration file; null for the one found by itself.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Single values that take the place of the configured ones; its source is the data directory to restore in place.</summary>
    public ConfigurationOverrides Overrides { get; init; } = new();

    /// <summary>Who or what starts it.</summary>
    public RunTrigger Trigger { get; init; } = RunTrigger.Interactive;

    /// <summary>What to restore: a snapshot's name, or <see cref="Mirror"/>.</summary>
    public string Name { get; init; } = Mirror;

    /// <summary>The folder to restore to, empty or not there yet; null restores in place, into the Plex data directory.</summary>
    public string? Destination { get; init; }

    /// <summary>Names of the parts to restore (see <see cref="RestorePart.All"/>); none for all of it.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Who shall own all of it, as <c>user</c>, <c>user:group</c> or numbers; null leaves owners as the backup has them.</summary>
    public string? Owner { get; init; }

    /// <summary>Stops Plex before anything is replaced in place, and starts it afterwards; null where the user has stopped it.</summary>
    public PlexService? Service { get; init; }

    /// <summary>Go on although the backup is not whole, is of another server, or the data directory is empty.</summary>
    public bool Force { get; init; }
}
