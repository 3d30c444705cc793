using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Plex;

namespace RePlexOn.Security.Audit;

/// <summary>Gathers what the rules look at; changes nothing.</summary>
/// <param name="time">For the moment of the audit.</param>
/// <param name="user">Whose variables may hold a token (<c>PLEX_TOKEN</c>).</param>
internal sealed class FactsGatherer(TimeProvider time, UserEnvironment user)
{
    private const string TokenVariable = "PLEX_TOKEN";
    private const string AsRoot = "Run the audit as root, or as the user who runs Plex.";

    /// <summary>Gathers all about the configured server.</summary>
    public async Task<AuditFacts> GatherAsync(
        RePlexOnConfiguration configuration, SecurityAuditOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var address = ServerAddress.Parse(configuration.Audit.ServerUrl);
        AuditFacts facts = WithHistory(new AuditFacts { Configuration = configuration, Now = time.GetLocalNow(), Root = options.Root });

        progress?.Report("the data directory");
        PlexDataDirectory? source = null;
        if (FindFolder(configuration) is { } folder)
        {
            facts = facts with { Folder = folder };
            try
            {
                source = PlexDataDirectory.Open(folder);
                facts = facts with
                {
                    Folder = source.Path, Preferences = source.Preferences, Settings = new PlexSettings(source.Preferences.Values), Version = source.ServerVersion,
                };
            }
            catch (RePlexOnException trouble) when (trouble.ErrorId is "SourceUnreadable" or "PreferencesDamaged"
                || (trouble.ErrorId == "SourceMissing" && !user.IsRoot)) // who is not root may just not see it
            {
                facts = facts with { NoSettings = AuditFinding.Unknown(trouble.Message, trouble.ErrorId == "PreferencesDamaged" ? trouble.Advice : AsRoot) };
            }

            facts = await WithServerAsync(facts, address, options, progress, cancellationToken);
        }

        progress?.Report("the firewall and the ports");
        return facts with { Machine = await MachineFacts.ReadAsync(options.Root, source?.ServerProcessId, cancellationToken) };
    }

    /// <summary>Gathers what a Preferences.xml alone says.</summary>
    /// <exception cref="RePlexOnException"><c>PreferencesDamaged</c>, <c>PreferencesUnreadable</c>.</exception>
    public AuditFacts GatherAlone(RePlexOnConfiguration configuration, string path)
    {
        try
        {
            PlexPreferences preferences = PlexPreferences.Parse(path);
            AuditFinding alone = AuditFinding.NotApplicable("A file alone was looked at.");
            return new AuditFacts
            {
                Configuration = configuration, Now = time.GetLocalNow(), Preferences = preferences, Settings = new PlexSettings(preferences.Values),
                NoFolder = alone, NoServer = alone, NoSharing = alone,
            };
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException(
                "PreferencesUnreadable", ExitCode.Usage, $"{path} cannot be read: {trouble.Message}", "Name a Preferences.xml that this user may read.", trouble);
        }
    }

    /// <summary>The data directory that is set, or the only one there is; null for none.</summary>
    /// <exception cref="RePlexOnException"><c>SourceAmbiguous</c>.</exception>
    public static string? FindFolder(RePlexOnConfiguration configuration)
    {
        if (configuration.Source is { } path) return path;

        PlexInstallation[] found = [.. new PlexDataDirectoryFinder().Find()];
        return found.Length <= 1 ? found.FirstOrDefault()?.Path : throw new RePlexOnException(
            "SourceAmbiguous", ExitCode.Usage,
            $"Several Plex data directories are on this machine: {string.Join(", ", found.Select(one => one.Path))}.",
            "Set `source` in the configuration to the one that is meant, or give it for this run.");
    }

    /// <summary>The token of a data directory's server, else the one that the environment holds.</summary>
    public PlexToken? FindToken(string folder) =>
        PlexToken.Read(Path.Combine(folder, PlexDataDirectory.PreferencesFile)) ?? PlexToken.Of(user.Variables.GetValueOrDefault(TokenVariable));

    private async Task<AuditFacts> WithServerAsync(
        AuditFacts facts, Uri address, SecurityAuditOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        progress?.Report("the running server");
        PlexToken? token = FindToken(facts.Folder!);
        var visit = new ServerVisit(facts.Folder!, facts.Preferences, token);
        using PlexServerClient? client = await visit.ConnectAsync(address, cancellationToken);
        if (client is null)
        {
            facts = facts with { NoServer = AuditFinding.NotApplicable($"The server does not answer at {UriHost.Of(address.AbsoluteUri)}.") };
        }
        else
        {
            RunningServer server = await visit.LookAsync(client, cancellationToken);
            facts = facts with
            {
                Server = server, Version = server.Identity.Version, Settings = server.Settings is { } settings ? new PlexSettings(settings) : facts.Settings,
            };
        }

        if (!options.Online) return facts;

        progress?.Report("plex.tv");
        if (token is null || facts.Preferences?.MachineIdentifier is not { } machine)
        {
            return facts with { NoSharing = AuditFinding.Unknown("plex.tv was not asked: no token is at hand.", AsRoot) };
        }

        (SharedWith? shared, string? whyNot) = await new PlexTvClient(options.PlexTv).AskAsync(machine, token, cancellationToken);
        return facts with { Sharing = shared, NoSharing = AuditFinding.Unknown(whyNot ?? "", "Try again later.") };
    }

    private AuditFacts WithHistory(AuditFacts facts)
    {
        try
        {
            using HistoryStore history = HistoryStore.Open(facts.Configuration.StateDirectory, HistoryAccess.Read, time);
            return facts with { LastGoodBackup = history.Last(RunKind.Mirror, RunStatus.Succeeded, RunStatus.Warning) };
        }
        catch (RePlexOnException trouble)
        {
            return facts with { WhyNoHistory = trouble.Message };
        }
    }
}
