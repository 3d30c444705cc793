using System.Management.Automation;
using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Security.Docker;

namespace RePlexOn.Cmdlets.Docker;

/// <summary>Finds what gives Docker containers, or others through them, more of the host than they need.</summary>
[Cmdlet(VerbsCommon.Get, "DockerPermissionIssue", DefaultParameterSetName = ByEngine)]
[OutputType(typeof(DockerIssue))]
public sealed class GetDockerPermissionIssueCommand : CoreCommand
{
    private const string ByEngine = "Engine";
    private const string ByInput = "InputObject";
    private const string ByPath = "Path";

    private readonly InspectInput _input = new();

    /// <summary>Only containers with these names; * and ? stand for any text and any character.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Look at stopped containers too.</summary>
    [Parameter(ParameterSetName = ByEngine)]
    public SwitchParameter All { get; set; }

    /// <summary>What docker inspect printed: its lines, the objects that ConvertFrom-Json makes of them, or files.</summary>
    [Parameter(ParameterSetName = ByInput, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>Files with what docker inspect printed.</summary>
    [Parameter(ParameterSetName = ByPath, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>What docker inspect printed is of another machine: do not look for its mounts here.</summary>
    [Parameter(ParameterSetName = ByInput)]
    [Parameter(ParameterSetName = ByPath)]
    public SwitchParameter OtherMachine { get; set; }

    /// <summary>Leave out what is less grave.</summary>
    [Parameter]
    public CheckSeverity MinimumSeverity { get; set; }

    private DockerAuditOptions Options => new()
    {
        Names = Name, IncludeStopped = All, MinimumSeverity = MinimumSeverity, IsOtherMachine = OtherMachine,
    };

    /// <inheritdoc />
    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case ByEngine:
                AskEngine();
                break;
            case ByPath:
                foreach (string path in Path.SelectMany(one => GetResolvedProviderPathFromPSPath(one, out _))) ReadFile(path);
                break;
            case ByInput when InputObject.BaseObject is FileInfo file:
                ReadFile(file.FullName);
                break;
            case ByInput:
                _input.Add(InputObject);
                break;
        }
    }

    /// <inheritdoc />
    protected override void End()
    {
        if (!_input.IsEmpty) Read(_input.ToString(), "The input");
    }

    private void AskEngine()
    {
        DockerAuditResult result = Await<DockerAuditProgress, DockerAuditResult>(
            step => new ProgressRecord(0, "Looking at containers", step.Container) { PercentComplete = 100 * step.Done / step.Total },
            (progress, token) => new DockerAudit(UserEnvironment.Current()).RunAsync(Options, progress, token));
        WriteObject(result.Issues, enumerateCollection: true);
        WriteVerbose($"Containers looked at: {result.Containers}; left out since they do not run: {result.Stopped}.");
        if (result is { Containers: 0, Stopped: > 0 })
        {
            WriteWarning($"No container runs, and so none was looked at. With -All, {result.Stopped} stopped ones are looked at too.");
        }
    }

    private void ReadFile(string path)
    {
        try
        {
            Read(File.ReadAllText(path), path);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.From(
                new RePlexOnException(
                    "DockerInspectUnreadable", ExitCode.Usage, $"{path} could not be read: {trouble.Message}",
                    "Name a file that this user may read.", trouble),
                path));
        }
    }

    private void Read(string json, string origin) =>
        WriteObject(DockerAudit.Read(json, origin, Options, CancellationToken.None).Issues, enumerateCollection: true);
}
