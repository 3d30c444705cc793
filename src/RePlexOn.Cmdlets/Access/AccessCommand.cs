using System.Management.Automation;
using RePlexOn.Security.AccessLog;

namespace RePlexOn.Cmdlets.Access;

/// <summary>A cmdlet that looks at the server's logs.</summary>
public abstract class AccessCommand : SourceCommand
{
    /// <summary>Logs to read, in place of the server's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Only requests that came at this moment or later.</summary>
    [Parameter]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only requests that came before this moment.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <summary>What the parameters ask for.</summary>
    private protected AccessQuery Query => new() { Paths = [.. LiteralPath.Select(path => Resolve(path)!)], After = After, Before = Before };
}
