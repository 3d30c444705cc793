using System.IO.Enumeration;
using RePlexOn.Configuration;

namespace RePlexOn.Security.Docker;

/// <summary>Looks at containers for what gives them, or others through them, more of the host than they need. Changes nothing.</summary>
/// <param name="user">Who asks; <c>DOCKER_HOST</c> of its variables says where the engine is.</param>
public sealed class DockerAudit(UserEnvironment user)
{
    /// <summary>Asks Docker's engine over its socket, and looks at its containers.</summary>
    /// <exception cref="RePlexOnException">
    /// <c>DockerNotFound</c>, <c>DockerAccessDenied</c>, <c>DockerSilent</c>, <c>DockerAnswerInvalid</c>,
    /// <c>DockerHostUnsupported</c>: the engine cannot be asked; <c>ContainerNotFound</c>: it has none of that name.
    /// </exception>
    public async Task<DockerAuditResult> RunAsync(
        DockerAuditOptions options, IProgress<DockerAuditProgress>? progress, CancellationToken cancellationToken)
    {
        using var engine = new EngineClient(EngineSocket.Find(user));
        EngineInfo info = await engine.InfoAsync(cancellationToken);
        ContainerSummary[] named = Named(await engine.ListAsync(cancellationToken), options.Names, NameOf);
        ContainerSummary[] wanted =
            [.. named.Where(one => options.IncludeStopped || options.Names.Count > 0 || one.State is not ("created" or "exited" or "dead"))];

        var containers = new List<ContainerInspection>();
        foreach (ContainerSummary one in wanted)
        {
            progress?.Report(new DockerAuditProgress(containers.Count, wanted.Length, NameOf(one)));
            if (await engine.InspectAsync(one.Id, cancellationToken) is { } container) containers.Add(container);
        }

        return new DockerAuditResult(Look(containers, info, options, cancellationToken), containers.Count, named.Length - wanted.Length);
    }

    /// <summary>Looks at containers by what <c>docker inspect</c> printed of them, running or not.</summary>
    /// <param name="inspectJson">An array of containers, a single one, or several of these in a row.</param>
    /// <param name="origin">Where it comes from, for messages: a file's name.</param>
    /// <param name="options">Which of them, and what to tell.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">
    /// <c>DockerInspectInvalid</c>: it is something else; <c>ContainerNotFound</c>: there is none of that name in it.
    /// </exception>
    public static DockerAuditResult Read(string inspectJson, string origin, DockerAuditOptions options, CancellationToken cancellationToken)
    {
        ContainerInspection[] containers = Named(InspectReader.Read(inspectJson, origin), options.Names, ContainerFacts.NameOf);
        return new DockerAuditResult(Look(containers, EngineInfo.Defaults, options, cancellationToken), containers.Length, Stopped: 0);
    }

    private static DockerIssue[] Look(
        IEnumerable<ContainerInspection> containers, EngineInfo engine, DockerAuditOptions options, CancellationToken cancellationToken)
    {
        var administrators = AdministratorAccounts.Read();
        var issues = new List<DockerIssue>();
        foreach (ContainerInspection container in containers.OrderBy(ContainerFacts.NameOf, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var facts = new ContainerFacts(container, engine, administrators, lookAtFiles: !options.IsOtherMachine);
            issues.AddRange(DockerRules.All
                .Where(rule => rule.Severity >= options.MinimumSeverity)
                .SelectMany(rule => rule.Apply(facts))
                .OrderByDescending(issue => issue.Severity));
        }

        return [.. issues];
    }

    private static T[] Named<T>(IReadOnlyList<T> containers, IReadOnlyList<string> names, Func<T, string> nameOf)
    {
        if (names.Count == 0) return [.. containers];
        foreach (string name in names)
        {
            if (name.AsSpan().ContainsAny('*', '?') || containers.Any(one => Matches(name, nameOf(one)))) continue;
            throw new RePlexOnException(
                "ContainerNotFound", ExitCode.Usage, $"There is no container {name}.", "docker ps --all shows those that there are.");
        }

        return [.. containers.Where(one => names.Any(name => Matches(name, nameOf(one))))];
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    // Links give a container further names, with another slash in them.
    private static string NameOf(ContainerSummary container) =>
        (container.Names?.FirstOrDefault(name => name.LastIndexOf('/') <= 0) ?? container.Id).TrimStart('/');
}
