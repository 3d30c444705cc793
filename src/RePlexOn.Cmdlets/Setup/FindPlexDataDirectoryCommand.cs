using System.Management.Automation;
using RePlexOn.Plex;

namespace RePlexOn.Cmdlets.Setup;

/// <summary>Finds the Plex data directories of this machine, whichever way Plex was installed.</summary>
[Cmdlet(VerbsCommon.Find, "PlexDataDirectory")]
[OutputType(typeof(PlexInstallation))]
public sealed class FindPlexDataDirectoryCommand : CoreCommand
{
    /// <inheritdoc />
    protected override void Process() => WriteObject(new PlexDataDirectoryFinder().Find(), enumerateCollection: true);
}
