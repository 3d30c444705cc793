using System.Management.Automation;
using RePlexOn.Security.Fail2ban;

namespace RePlexOn.Cmdlets.Fail2ban;

/// <summary>Gets how the jail stands, and who is banned.</summary>
[Cmdlet(VerbsCommon.Get, "PlexFail2banStatus")]
[OutputType(typeof(Fail2banStatus))]
public sealed class GetPlexFail2banStatusCommand : Fail2banCommand
{
    /// <inheritdoc />
    protected override void Process() => WriteObject(Await<string, Fail2banStatus>(
        step => new ProgressRecord(1, "Asking fail2ban", step),
        (_, token) => new Fail2banStatusReader(TimeProvider.System).ReadAsync(Folder, token)));
}
