using System.Management.Automation;
using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Security.Fail2ban;

namespace RePlexOn.Cmdlets.Fail2ban;

/// <summary>Proves the jail with fail2ban's own programs, on the server's own log.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PlexFail2banJail")]
[OutputType(typeof(Check), typeof(bool))]
public sealed class TestPlexFail2banJailCommand : Fail2banJailCommand
{
    /// <summary>Only say whether no check has failed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        RePlexOnConfiguration configuration = LoadConfiguration();
        Fail2banOptions options = Options;
        IReadOnlyList<Check> checks = Await<string, IReadOnlyList<Check>>(
            step => new ProgressRecord(1, "Testing the jail", step),
            (_, token) => new Fail2banTest(TimeProvider.System).RunAsync(configuration, options, token));
        if (Quiet) WriteObject(checks.All(check => check.Status is not (CheckStatus.Fail or CheckStatus.Unknown)));
        else WriteObject(checks, enumerateCollection: true);
    }
}
