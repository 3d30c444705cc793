namespace RePlexOn.Security.AccessLog;

/// <summary>What a look at logs has shown.</summary>
/// <param name="Lines">Lines read.</param>
/// <param name="AccessLines">Those of requests and answers among them.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="Suspicious">Who did what no client does.</param>
public sealed record AccessLogReport(long Lines, long AccessLines, long Bytes, IReadOnlyList<SuspiciousAccess> Suspicious)
{
    /// <summary>What hinders the look; null for nothing.</summary>
    public string? Warning => AccessLines > 0 || Lines == 0
        ? null
        : "The log holds no requests. Plex notes them only while Settings > General > Enable Plex Media Server debug logging is on (it is by default).";
}
