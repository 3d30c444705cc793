using RePlexOn.Configuration;
using RePlexOn.Plex;
using RePlexOn.Targets;

namespace RePlexOn.Restore;

/// <summary>Where a restore goes to.</summary>
/// <param name="Path">The folder, as a full path.</param>
/// <param name="InPlace">Whether that is the Plex data directory.</param>
internal sealed record RestoreDestination(string Path, bool InPlace)
{
    private const string PreferencesFile = "Preferences.xml";

    /// <summary>What the options ask for.</summary>
    /// <exception cref="RePlexOnException"><c>SourceNotFound</c>: no data directory is set, and none is to be seen.</exception>
    public static RestoreDestination Find(RestoreOptions options, RePlexOnConfiguration configuration) => options.Destination is { } folder
        ? new(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder)), InPlace: false)
        : new(DataDirectory(configuration), InPlace: true);

    /// <summary>The data directory that is set, or the only one there is; it may be damaged or empty.</summary>
    /// <exception cref="RePlexOnException"><c>SourceNotFound</c>.</exception>
    public static string DataDirectory(RePlexOnConfiguration configuration)
    {
        if (configuration.Source is { } set) return System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(set));

        return new PlexDataDirectoryFinder().Find().ToArray() is [var only] ? only.Path : throw new RePlexOnException(
            "SourceNotFound", ExitCode.Usage, "It is not known where Plex keeps its data: `source` is not set.",
            "Name the data directory for this run (-DataDirectory, --data-dir), or set `source` in the configuration.");
    }

    /// <summary>Whether a restore can go there at all; changes nothing.</summary>
    /// <param name="target">Where the backup lies.</param>
    /// <param name="isGoneOnWith">Whether a restore that was cut short there is gone on with.</param>
    /// <param name="force">Whether an empty data directory will do.</param>
    /// <exception cref="RePlexOnException">
    /// <c>DestinationInTarget</c>, <c>DestinationNotEmpty</c>, <c>DataDirectoryMissing</c>, <c>DataDirectoryEmpty</c>.
    /// </exception>
    public void EnsureFit(BackupTarget target, bool isGoneOnWith, bool force)
    {
        if (target.Overlaps(Path))
        {
            throw new RePlexOnException(
                "DestinationInTarget", ExitCode.Usage, $"{Path} and the target {target.Display} lie one within the other.",
                "Restore to a folder outside the target.");
        }

        if (File.Exists(Path))
        {
            throw new RePlexOnException("DestinationNotFolder", ExitCode.Usage, $"{Path} is a file.", "Name a folder.");
        }

        if (isGoneOnWith) return;
        if (InPlace) EnsureDataDirectory(force);
        else if (Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any())
        {
            throw new RePlexOnException(
                "DestinationNotEmpty", ExitCode.Usage, $"{Path} is not empty, and a restore goes over nothing that is there.",
                "Name a folder that is empty or not there yet; or restore in place (-InPlace, --in-place), which keeps aside what is there.");
        }
    }

    /// <summary>Refuses the settings of another server.</summary>
    /// <param name="identifier">The machine identifier of the backup; null where it is not known.</param>
    /// <exception cref="RePlexOnException"><c>OtherServer</c>.</exception>
    public void EnsureSameServer(string? identifier)
    {
        if (!InPlace || identifier is null || IdentifierHere() is not { } here || here == identifier) return;

        throw new RePlexOnException(
            "OtherServer", ExitCode.Failed,
            $"The settings in the backup are those of the server {identifier}, and {Path} is that of the server {here}.",
            "Plex would take this server for the other one. If that is what you want (Plex was installed anew), go on with -Force (--force); "
            + "else restore the other parts only (-Part, --part).");
    }

    /// <summary>Refuses to begin where what is to come will not fit. What is kept aside stays where it is, and needs no more.</summary>
    /// <param name="bytes">Bytes to be fetched.</param>
    /// <exception cref="RePlexOnException"><c>DestinationFull</c>.</exception>
    public void EnsureRoom(long bytes)
    {
        if (BytesFree() is var free && free >= bytes) return;

        throw new RePlexOnException(
            "DestinationFull", ExitCode.NoRoom,
            $"The disk of {Path} has {ByteSize.Format(BytesFree())} free, and {ByteSize.Format(bytes)} are to be fetched"
            + (InPlace ? " beside what is there, which is kept." : "."),
            "Free some room there, restore fewer parts, or restore to a folder on a larger disk.");
    }

    /// <summary>Bytes free on its disk.</summary>
    public long BytesFree()
    {
        string existing = Path;
        while (!Directory.Exists(existing) && System.IO.Path.GetDirectoryName(existing) is { } parent) existing = parent;
        return new DriveInfo(existing).AvailableFreeSpace;
    }

    private void EnsureDataDirectory(bool force)
    {
        if (!Directory.Exists(Path))
        {
            throw new RePlexOnException(
                "DataDirectoryMissing", ExitCode.Failed, $"There is no folder {Path}.",
                "Check that its disk is mounted (findmnt). If it is to be made anew, install Plex or make the folder, and go on with -Force (--force).");
        }

        if (!force && Directory.EnumerateFileSystemEntries(Path).All(entry => System.IO.Path.GetFileName(entry) is "lost+found"))
        {
            throw new RePlexOnException(
                "DataDirectoryEmpty", ExitCode.Failed, $"{Path} is empty: most likely its disk is not mounted.",
                "Look with findmnt, and mount it. If it is empty because all is lost, go on with -Force (--force).");
        }
    }

    private string? IdentifierHere()
    {
        try
        {
            string file = System.IO.Path.Combine(Path, PreferencesFile);
            return File.Exists(file) ? PlexPreferences.Parse(file).MachineIdentifier : null;
        }
        catch (RePlexOnException)
        {
            return null; // damaged: that is what it is restored for
        }
    }

    /// <summary>The machine identifier in the settings of a folder; null where there are none.</summary>
    public static string? IdentifierIn(string folder) => new RestoreDestination(folder, InPlace: false).IdentifierHere();
}
