using System.Management.Automation;
using RePlexOn.Backup;

namespace RePlexOn.Cmdlets.Backup;

/// <summary>Tells how the backup of this machine stands.</summary>
[Cmdlet(VerbsCommon.Get, "PlexBackupStatus")]
[OutputType(typeof(BackupStatus))]
public sealed class GetPlexBackupStatusCommand : ConfiguredCommand
{
    /// <inheritdoc />
    protected override void Process() =>
        WriteObject(new BackupStatusReader(TimeProvider.System).Read(LoadConfiguration()));
}
