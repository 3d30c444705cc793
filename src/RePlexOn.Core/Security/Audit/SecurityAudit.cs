using System.IO.Enumeration;
using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.History;

namespace RePlexOn.Security.Audit;

/// <summary>Looks at how well a Plex server, its machine and its backup are closed to those who have no business there. Changes nothing.</summary>
/// <param name="time">For the moment of the audit.</param>
public sealed class SecurityAudit(TimeProvider time)
{
    private readonly UserEnvironment _user = UserEnvironment.Current();

    /// <summary>The ids of all checks.</summary>
    public static IReadOnlyList<string> Ids => [.. AuditRules.All.Select(rule => rule.Id)];

    /// <summary>The categories of all checks.</summary>
    public static IReadOnlyList<string> Categories => [.. AuditRules.All.Select(rule => rule.Category).Distinct()];

    /// <summary>How it should be by the check of an id; null where there is none.</summary>
    public static string? TitleOf(string id) => AuditRules.All.FirstOrDefault(rule => rule.Id == id)?.Title;

    /// <summary>Looks, and records what was found.</summary>
    /// <param name="options">At what.</param>
    /// <param name="progress">Told what is being looked at.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">
    /// <c>AuditCheckUnknown</c>: there is no check of that id or category; <c>AuditSkipInvalid</c>, <c>ServerUrlInvalid</c>,
    /// <c>ServerUrlUnsafe</c>: the configuration; <c>SourceAmbiguous</c>, <c>SourceMissing</c>, <c>SourceNotPlex</c>, <c>SourceEmpty</c>: the data
    /// directory; <c>PreferencesUnreadable</c>, <c>PreferencesDamaged</c>: the file that is to be looked at alone.
    /// </exception>
    public async Task<SecurityAuditResult> RunAsync(
        SecurityAuditOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        RePlexOnConfiguration configuration = options.Overrides.ApplyTo(new ConfigurationStore(_user).Load(options.ConfigurationPath));
        AuditRule[] rules = Choose(options);
        var skips = new AuditSkips(configuration.Audit.Skip);
        var gatherer = new FactsGatherer(time, _user);
        AuditFacts facts = options.PreferencesPath is { } file
            ? gatherer.GatherAlone(configuration, file)
            : await gatherer.GatherAsync(configuration, options, progress, cancellationToken);

        progress?.Report("the rules");
        Check[] checks = [.. rules.Select(rule => Apply(rule, facts, skips, cancellationToken))];
        var result = new SecurityAuditResult
        {
            Checks = checks, At = facts.Now, Source = options.PreferencesPath ?? facts.Folder, ServerVersion = facts.Version,
        };
        return options.PreferencesPath is null ? Record(configuration.StateDirectory, result) : result;
    }

    /// <summary>The facts and the rules that are not skipped, for who puts things right.</summary>
    internal async Task<(AuditFacts Facts, IReadOnlyList<AuditRule> Rules)> PrepareAsync(
        SecurityAuditOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        RePlexOnConfiguration configuration = options.Overrides.ApplyTo(new ConfigurationStore(_user).Load(options.ConfigurationPath));
        var skips = new AuditSkips(configuration.Audit.Skip);
        AuditFacts facts = await new FactsGatherer(time, _user).GatherAsync(configuration, options, progress, cancellationToken);
        return (facts, [.. Choose(options).Where(rule => skips.ReasonFor(rule.Id) is null)]);
    }

    private static Check Apply(AuditRule rule, AuditFacts facts, AuditSkips skips, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return skips.ReasonFor(rule.Id) is { } reason
            ? rule.ToCheck(AuditFinding.NotApplicable($"Skipped by the configuration: {reason}"))
            : rule.Apply(facts);
    }

    private static AuditRule[] Choose(SecurityAuditOptions options)
    {
        EnsureSome(options.Ids, Ids, "id");
        EnsureSome(options.Categories, Categories, "category");
        return
        [
            .. AuditRules.All.Where(rule => rule.Severity >= options.MinimumSeverity
                && (options.Ids.Count == 0 || options.Ids.Any(pattern => Matches(pattern, rule.Id)))
                && (options.Categories.Count == 0 || options.Categories.Any(pattern => Matches(pattern, rule.Category)))),
        ];
    }

    private static void EnsureSome(IReadOnlyList<string> patterns, IReadOnlyList<string> names, string what)
    {
        if (patterns.FirstOrDefault(pattern => !names.Any(name => Matches(pattern, name))) is { } unknown)
        {
            throw new RePlexOnException(
                "AuditCheckUnknown", ExitCode.Usage, $"No check has the {what} {unknown}.", $"There are: {string.Join(", ", names)}.");
        }
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);

    // An audit is worth having also where its user may not write the history.
    private SecurityAuditResult Record(string stateDirectory, SecurityAuditResult result)
    {
        try
        {
            using HistoryStore history = HistoryStore.Open(stateDirectory, HistoryAccess.Write, time);
            AuditTrace before = history.RecordAudit(result.Source, result.At, result.Score, result.Checks);
            return result with
            {
                PreviousAt = before.At,
                Checks = [.. result.Checks.Select(check => check with { PreviousStatus = before.StatusOf(check.Id) })],
            };
        }
        catch (RePlexOnException trouble)
        {
            return result with { Warnings = [$"This audit is not in the history, and what changed since the last one is not known: {trouble.Message}"] };
        }
    }
}
