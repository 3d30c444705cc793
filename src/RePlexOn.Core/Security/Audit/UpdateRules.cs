using RePlexOn.Checks;

namespace RePlexOn.Security.Audit;

/// <summary>Whether the version of the server has holes that everybody knows.</summary>
internal static class UpdateRules
{
    private const string Category = "Updates";

    private static readonly Hole[] Known =
    [
        new("CVE-2025-34158", new Version(1, 41, 7, 0), new Version(1, 42, 1, 10059)), // fixed in 1.42.1.10060
        new("CVE-2025-69414", new Version(0, 0), new Version(1, 42, 2, 10156)),
    ];

    public static IReadOnlyList<AuditRule> All { get; } =
    [
        new("RPX-UPD-001", Category, "The server's version has no known hole", CheckSeverity.Critical,
            "Update Plex Media Server now: https://www.plex.tv/media-server-downloads/.", Look)
        {
            Reference = "https://nvd.nist.gov/vuln/detail/CVE-2025-34158, https://nvd.nist.gov/vuln/detail/CVE-2025-69414",
        },
    ];

    private static AuditFinding Look(AuditFacts facts)
    {
        if (facts.Version is not { } text) return facts.Folder is null ? facts.NoFolder : AuditFinding.Unknown(
            "The server's version is neither in its answers nor in its log, as far as this user can read that.", "Run the audit as root, or while the server runs.");
        if (!Version.TryParse(text.Split('-')[0], out Version? version)) return AuditFinding.Unknown("The server's version cannot be understood.");

        Hole[] open = [.. Known.Where(hole => version >= hole.First && version <= hole.Last)];
        return open.Length > 0
            ? AuditFinding.Fail($"{version} has {string.Join(" and ", open.Select(hole => hole.Name))}.")
            : AuditFinding.Pass($"{version} has none that this RePlexOn knows of; it cannot know of those found later.");
    }

    private sealed record Hole(string Name, Version First, Version Last);
}
