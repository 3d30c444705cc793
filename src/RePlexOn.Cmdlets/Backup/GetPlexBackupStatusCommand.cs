using System.Management.Automation;
using RePlexOn.Backup;
using RePlexOn.Configuration;

namespace RePlexOn.Cmdlets.Backup;

/// <summary>Tells how the backup of this machine stands.</summary>
[Cmdlet(VerbsCommon.Get, "PlexBackupStatus")]
[OutputType(typeof(BackupStatus))]
public sealed class GetPlexBackupStatusCommand : ConfiguredCommand
{
    /// <inheritdoc />
    protected override void Process()
    {
        RePlexOnConfiguration configuration = LoadConfiguration();
        WriteObject(Await<string, BackupStatus>(
            step => new ProgressRecord(1, "Looking how the backup stands", step),
            (_, token) => new BackupStatusReader(TimeProvider.System).ReadAsync(configuration, token)));
    }
}
