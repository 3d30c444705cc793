using RePlexOn.Checks;

namespace RePlexOn.Security.Docker;

/// <summary>One thing about a container that is not as it should be: a failed check, with where it was found.</summary>
/// <param name="Container">The container's name.</param>
/// <param name="ContainerId">The container's whole id.</param>
/// <param name="Image">The image, as the container was asked for.</param>
/// <param name="Id">The rule, such as <c>RPX-DKR-008</c>; stable.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Category">Always <c>Docker</c>.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Status"><see cref="CheckStatus.Fail"/>, or <see cref="CheckStatus.Unknown"/> where it could not be found out.</param>
/// <param name="Subject">
/// The path, capability, port or name of a variable that it is about, as it is: it may hold line breaks. Empty where it is
/// about the whole container.
/// </param>
/// <param name="Evidence">What was seen, in one line; never the value of a variable that may be a secret.</param>
/// <param name="Remediation">What to do.</param>
/// <param name="Reference">The number in the CIS Docker Benchmark 1.5.0; null where the rule is ours.</param>
public sealed record DockerIssue(
    string Container, string ContainerId, string Image, string Id, string Title, string Category, CheckSeverity Severity,
    CheckStatus Status, string Subject, string Evidence, string Remediation, string? Reference);
