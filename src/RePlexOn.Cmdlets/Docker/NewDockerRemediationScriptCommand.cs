using System.Management.Automation;
using RePlexOn.Security.Docker;

namespace RePlexOn.Cmdlets.Docker;

/// <summary>Makes a bash script that puts right what was found in Docker containers.</summary>
[Cmdlet(VerbsCommon.New, "DockerRemediationScript", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class NewDockerRemediationScriptCommand : CoreCommand
{
    private readonly List<DockerIssue> _issues = [];

    /// <summary>What to put right, as Get-DockerPermissionIssue finds it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public DockerIssue[] InputObject { get; set; } = [];

    /// <summary>The file to write; without it, the script is returned as text.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Memory for each container that has no limit: 4g, 512m.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MemoryLimit { get; set; }

    /// <summary>Processes and threads for each container that has no limit.</summary>
    [Parameter]
    [ValidateRange(16, int.MaxValue)]
    public int PidsLimit { get; set; } = new DockerRemediationOptions().PidsLimit;

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void Process() => _issues.AddRange(InputObject);

    /// <inheritdoc />
    protected override void End()
    {
        var options = new DockerRemediationOptions { MemoryLimit = MemoryLimit, PidsLimit = PidsLimit };
        if (Path is null)
        {
            WriteObject(DockerRemediationScript.Write(_issues, options));
            return;
        }

        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(path, "Write a script that puts issues right")) return;
        DockerRemediationScript.WriteFile(path, _issues, options, Force);
        // By way of the provider, which adds what the shell shows of a file.
        WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
    }
}
