using System.Management.Automation;
using RePlexOn.Configuration;
using RePlexOn.Security.Fail2ban;

namespace RePlexOn.Cmdlets.Fail2ban;

/// <summary>A cmdlet about a jail for a log.</summary>
public abstract class Fail2banJailCommand : Fail2banCommand
{
    /// <summary>The Plex data directory, in place of the configured one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <summary>The server's log, in place of the one in the data directory.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>How many refusals are too many.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int MaxRetry { get; set; } = new Fail2banOptions().MaxRetry;

    /// <summary>How long a refusal counts.</summary>
    [Parameter]
    public TimeSpan FindTime { get; set; } = new Fail2banOptions().FindTime;

    private protected virtual Fail2banOptions Options => new()
    {
        Folder = Folder, LogPath = Resolve(LiteralPath), MaxRetry = MaxRetry, FindTime = FindTime,
    };

    private protected RePlexOnConfiguration LoadConfiguration() =>
        new ConfigurationOverrides { Source = Resolve(Source) }.ApplyTo(new ConfigurationStore().Load(ResolvedConfigurationPath));
}
