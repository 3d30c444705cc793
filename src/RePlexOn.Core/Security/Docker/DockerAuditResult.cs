namespace RePlexOn.Security.Docker;

/// <summary>What an audit found.</summary>
/// <param name="Issues">The issues, by container in the order of names, the gravest first.</param>
/// <param name="Containers">How many containers were looked at.</param>
/// <param name="Stopped">How many were left out since they do not run.</param>
public sealed record DockerAuditResult(IReadOnlyList<DockerIssue> Issues, int Containers, int Stopped);
