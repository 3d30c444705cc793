namespace RePlexOn.Security.Docker;

/// <summary>How far an audit is.</summary>
/// <param name="Done">Containers looked at.</param>
/// <param name="Total">Containers to look at.</param>
/// <param name="Container">The container that is looked at now.</param>
public sealed record DockerAuditProgress(int Done, int Total, string Container);
