using System.Management.Automation;
using RePlexOn.Backup;
using RePlexOn.Cmdlets.Backup;
using RePlexOn.Snapshots;

namespace RePlexOn.Cmdlets.Snapshots;

/// <summary>Gets the snapshots on the target, the newest first.</summary>
[Cmdlet(VerbsCommon.Get, "PlexSnapshot")]
[OutputType(typeof(PlexSnapshot))]
public sealed class GetPlexSnapshotCommand : TargetCommand
{
    private readonly SnapshotCatalog _catalog = new(TimeProvider.System);
    private IReadOnlyList<PlexSnapshot>? _snapshots;

    /// <summary>Only those with these names; * and ? stand for any text and any character.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        // One look at the target serves all names that come through the pipeline.
        _snapshots ??= Await<BackupProgress, IReadOnlyList<PlexSnapshot>>(
            BackupProgressRecord.From, (_, token) => _catalog.ListAsync(LoadConfiguration(), token));
        foreach (string name in Name ?? ["*"])
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            PlexSnapshot[] found = [.. _snapshots.Where(one => pattern.IsMatch(one.Name))];
            WriteObject(found, enumerateCollection: true);
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name)) WriteError(NotFound(name));
        }
    }

    private ErrorRecord NotFound(string name) => ErrorRecords.From(
        new RePlexOnException(
            "SnapshotNotFound", ExitCode.Usage, $"There is no snapshot {name} on {TargetName}.",
            "Get-PlexSnapshot without a name shows those that there are."),
        name);
}
