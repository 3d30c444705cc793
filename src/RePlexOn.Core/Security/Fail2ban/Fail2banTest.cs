using System.Globalization;
using System.Net;
using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Security.AccessLog;

namespace RePlexOn.Security.Fail2ban;

/// <summary>
/// Proves the jail, installed or not, with fail2ban's own programs: that it is accepted, that it finds attacks, that ordinary
/// clients go free, and what it makes of the user's log.
/// </summary>
/// <param name="time">Its zone is the machine's.</param>
public sealed class Fail2banTest(TimeProvider time)
{
    private const string Category = "Fail2ban";

    /// <summary>Runs the checks. Nothing is changed.</summary>
    /// <param name="configuration">Where the server is, and whom it trusts.</param>
    /// <param name="options">The jail; of an installed one, as it is installed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException"><c>ProgramMissing</c>, <c>Fail2banNotFound</c>, <c>PlexLogMissing</c>, <c>AddressInvalid</c>.</exception>
    public async Task<IReadOnlyList<Check>> RunAsync(RePlexOnConfiguration configuration, Fail2banOptions options, CancellationToken cancellationToken)
    {
        var folder = new Fail2banFolder(options.Folder);
        Fail2banStatus status = await new Fail2banStatusReader(time).ReadAsync(options.Folder, cancellationToken);
        string log = Fail2banJail.FindLog(configuration, options.LogPath);
        IReadOnlyList<Fail2banFile> files = status.IsInstalled
            ? [.. folder.Files.Select(path => new Fail2banFile(path, Fail2banFolder.Read(path)!))]
            : new Fail2banJail(time).Compose(folder, options, log, configuration.Access);

        string scratch = Directory.CreateTempSubdirectory("replexon-fail2ban-").FullName;
        try
        {
            // fail2ban looks for a filter in a folder of this name only.
            string filter = new Fail2banFolder(scratch).Filter;
            Directory.CreateDirectory(Path.GetDirectoryName(filter)!);
            await File.WriteAllTextAsync(filter, files[0].Content, cancellationToken);
            LogFacts facts = Facts(configuration, log, cancellationToken);
            var proof = new FilterProof(new Fail2banProgram(scratch), filter);
            return
            [
                Installed(status, folder),
                await AcceptedAsync(files, cancellationToken),
                await SamplesAsync(proof, scratch, cancellationToken),
                await LogAsync(proof, facts, configuration.Access, options, log, cancellationToken),
                Proxies(facts),
            ];
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static Check Installed(Fail2banStatus status, Fail2banFolder folder) => new(
        "RPX-F2B-001", "The jail is active", Category, CheckSeverity.Medium,
        status.IsActive ? CheckStatus.Pass : status.IsInstalled ? CheckStatus.Fail : CheckStatus.Warning,
        status.IsActive ? status.Summary : status.IsInstalled ? $"It is in {folder.Path}, and not in the running fail2ban." : $"It is not in {folder.Path}.",
        status.IsActive ? "" : status.Summary);

    private static async Task<Check> AcceptedAsync(IReadOnlyList<Fail2banFile> files, CancellationToken cancellationToken)
    {
        CheckStatus status = CheckStatus.Pass;
        string evidence = "fail2ban-client -t takes jail, filter and action.";
        try
        {
            await Fail2banJail.ProveAsync(files, cancellationToken);
        }
        catch (RePlexOnException trouble) when (trouble.ErrorId == "Fail2banRefused")
        {
            (status, evidence) = (CheckStatus.Fail, trouble.Message);
        }

        return new Check("RPX-F2B-002", "fail2ban accepts the jail", Category, CheckSeverity.High, status, evidence,
            status == CheckStatus.Pass ? "" : "Install it anew: Install-PlexFail2banJail (replexon fail2ban install).");
    }

    private static async Task<Check> SamplesAsync(FilterProof proof, string scratch, CancellationToken cancellationToken)
    {
        (int found, int blamed) = (await MatchedAsync(FilterSamples.Attacks), await MatchedAsync(FilterSamples.DailyLife));
        bool isGood = found == FilterSamples.Attacks.Count && blamed == 0;
        return new Check("RPX-F2B-003", "The filter finds attacks and lets ordinary clients be", Category, CheckSeverity.High,
            isGood ? CheckStatus.Pass : CheckStatus.Fail,
            string.Create(CultureInfo.InvariantCulture,
                $"fail2ban-regex found {found} of {FilterSamples.Attacks.Count} attacks, and {blamed} of {FilterSamples.DailyLife.Count} lines of daily life."),
            isGood ? "" : "Install it anew: Install-PlexFail2banJail (replexon fail2ban install).");

        async Task<int> MatchedAsync(IReadOnlyList<string> lines)
        {
            string path = Path.Combine(scratch, "lines");
            await File.WriteAllLinesAsync(path, lines, cancellationToken);
            return (await proof.CountAsync(path, cancellationToken)).Matched;
        }
    }

    private static async Task<Check> LogAsync(
        FilterProof proof, LogFacts facts, AccessSettings settings, Fail2banOptions options, string log, CancellationToken cancellationToken)
    {
        (int lines, int matched) = await proof.CountAsync(log, cancellationToken);
        // The same that ignoreip lists.
        AddressRanges[] ignored =
        [
            AddressRanges.Parse("access.trustedProxies", settings.TrustedProxies), AddressRanges.Parse("access.ignore", settings.Ignore),
        ];
        IReadOnlyList<string> banned = matched == 0 ? [] : FilterProof.Banned(
            (await proof.MatchesAsync(log, cancellationToken)).Where(match => IPAddress.TryParse(match.Address, out IPAddress? address)
                && !KnownAddress.IsLocalAddress(address) && !Array.Exists(ignored, range => range.Contains(address))),
            options.MaxRetry, options.FindTime);
        string[] friends = [.. banned.Where(facts.LetIn.Contains)];
        string would = banned.Count == 0
            ? "nobody would have been banned"
            : string.Create(CultureInfo.InvariantCulture,
                $"{string.Join(", ", banned)} would have been banned (by {options.MaxRetry} within {options.FindTime.TotalMinutes:0.#} minutes)");
        return new Check("RPX-F2B-004", "The filter on the server's own log", Category, CheckSeverity.High,
            lines > 0 && facts.Requests == 0 ? CheckStatus.Fail : friends.Length > 0 ? CheckStatus.Warning : CheckStatus.Pass,
            string.Create(CultureInfo.InvariantCulture, $"{log}: {lines} lines, {facts.Requests} requests, {matched} refusals that count; {would}."),
            lines > 0 && facts.Requests == 0
                ? "The log holds no requests: turn on Settings > General > Enable Plex Media Server debug logging."
                : friends.Length > 0
                    ? $"{string.Join(", ", friends)} was let in with a user's token too: see who that is, and add it to access.ignore, or allow more with -MaxRetry (--max-retry)."
                    : "");
    }

    private static Check Proxies(LogFacts facts) => new(
        "RPX-F2B-005", "The server sees its clients' own addresses", Category, CheckSeverity.Medium,
        facts.Requests == 0 ? CheckStatus.Unknown : facts.Proxied == 0 ? CheckStatus.Pass : CheckStatus.Warning,
        string.Create(CultureInfo.InvariantCulture, $"{facts.Proxied} of {facts.Requests} requests came through a trusted proxy."),
        facts.Proxied == 0
            ? ""
            : "fail2ban cannot shut out who comes through a proxy, for a refusal names the proxy alone, which is never banned: have fail2ban read the proxy's own log as well.");

    private LogFacts Facts(RePlexOnConfiguration configuration, string log, CancellationToken cancellationToken)
    {
        (int requests, int proxied) = (0, 0);
        var letIn = new HashSet<string>(StringComparer.Ordinal);
        foreach (AccessEvent request in new AccessLogScan(time).ReadEvents(configuration, new AccessQuery { Paths = [log] }, cancellationToken))
        {
            requests++;
            if (request.Peer != request.Address) proxied++;
            if (request is { User: not null, Status: < 400 }) letIn.Add(request.Address);
        }

        return new LogFacts(requests, proxied, letIn);
    }

    private sealed record LogFacts(int Requests, int Proxied, HashSet<string> LetIn);
}
