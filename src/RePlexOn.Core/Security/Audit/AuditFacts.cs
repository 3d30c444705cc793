using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Plex;

namespace RePlexOn.Security.Audit;

/// <summary>All that the rules look at, gathered once.</summary>
internal sealed record AuditFacts
{
    /// <summary>What the user set.</summary>
    public required RePlexOnConfiguration Configuration { get; init; }

    /// <summary>The moment of the audit.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Where the file system begins: <c>/</c>, or a folder that stands for it.</summary>
    public string Root { get; init; } = "/";

    /// <summary>The Plex data directory; null where there is none, or a file alone is looked at.</summary>
    public string? Folder { get; init; }

    /// <summary>What Preferences.xml says; null where it is not known.</summary>
    public PlexPreferences? Preferences { get; init; }

    /// <summary>The settings in force; null where they are not known.</summary>
    public PlexSettings? Settings { get; init; }

    /// <summary>What a rule finds that needs <see cref="Settings"/> and has none.</summary>
    public AuditFinding NoSettings { get; init; } = AuditFinding.NotApplicable("No Plex data directory was found on this machine.");

    /// <summary>What a rule finds that needs <see cref="Folder"/> and has none.</summary>
    public AuditFinding NoFolder { get; init; } = AuditFinding.NotApplicable("No Plex data directory was found on this machine.");

    /// <summary>The server's version; null where it is not known.</summary>
    public string? Version { get; init; }

    /// <summary>The running server; null where none answers.</summary>
    public RunningServer? Server { get; init; }

    /// <summary>What a rule finds that needs <see cref="Server"/> and has none.</summary>
    public AuditFinding NoServer { get; init; } = AuditFinding.NotApplicable("No running server was looked for.");

    /// <summary>The machine; null where a file alone is looked at.</summary>
    public MachineFacts? Machine { get; init; }

    /// <summary>With whom the server is shared; null where plex.tv was not asked, or did not say.</summary>
    public SharedWith? Sharing { get; init; }

    /// <summary>What a rule finds that needs <see cref="Sharing"/> and has none.</summary>
    public AuditFinding NoSharing { get; init; } = new(CheckStatus.Unknown, "plex.tv was not asked.") { Remediation = "Run the audit with -Online (--online)." };

    /// <summary>The newest mirror that ended well; null for none.</summary>
    public BackupRun? LastGoodBackup { get; init; }

    /// <summary>Why the history could not be read; null where it could.</summary>
    public string? WhyNoHistory { get; init; }

    /// <summary>Whether clients are let in from the internet; null where it is not known.</summary>
    public bool? HasRemoteAccess => Settings?.IsOn("PublishServerOnPlexOnlineKey");

    /// <summary>Whether a Preferences.xml alone is looked at, and nothing of this machine.</summary>
    public bool IsFileAlone => Machine is null;

    /// <summary>A path in the data directory.</summary>
    public string InFolder(string relative) => Path.Combine(Folder!, relative);
}
