using System.Globalization;
using RePlexOn.Checks;

namespace RePlexOn.Security.Audit;

/// <summary>What the server writes down, and for whom.</summary>
internal static class LogRules
{
    private const string Category = "Logging";

    public static IReadOnlyList<AuditRule> All { get; } =
    [
        new("RPX-LOG-001", Category, "Tokens are not written to the logs", CheckSeverity.High,
            "Set LogTokensForDebug to 0, and delete the logs of that time.",
            SettingLook.Switch("LogTokensForDebug", good: false, CheckStatus.Fail, "Whoever reads the logs can sign in as those who watch."))
        {
            Reference = Guides.HiddenSettings,
            Fix = SettingLook.Set("LogTokensForDebug", "0"),
        },
        new("RPX-LOG-002", Category, "No token is in the logs", CheckSeverity.High,
            "Delete these logs, and sign out all devices at plex.tv where they may have been read or sent on.", Tokens),
        new("RPX-LOG-003", Category, "Requests are logged", CheckSeverity.Medium,
            "Turn debug logging on (not verbose): without it neither fail2ban nor Watch-PlexAccess sees who comes.",
            SettingLook.Switch("logDebug", good: true, CheckStatus.Warning, "Nobody can see who came."))
        {
            Reference = Guides.General,
            Fix = SettingLook.Set("logDebug", "1"),
        },
        new("RPX-LOG-004", Category, "Logs hold no more than is needed", CheckSeverity.Low,
            "Turn verbose logging off when the trouble it was for is found.",
            SettingLook.Switch("LogVerbose", good: false, CheckStatus.Warning, "Verbose logs hold more of what is watched, and roll over faster."))
        {
            Reference = Guides.General,
            Fix = SettingLook.Set("LogVerbose", "0"),
        },
        new("RPX-LOG-005", Category, "Crash reports stay here", CheckSeverity.Info,
            "Turn it off where names of media must not leave the machine.",
            SettingLook.Switch("sendCrashReports", good: false, CheckStatus.Warning, "Crash reports are sent to Plex."))
        {
            Reference = Guides.General,
            Fix = SettingLook.Set("sendCrashReports", "0"),
        },
    ];

    private static AuditFinding Tokens(AuditFacts facts)
    {
        if (facts.Folder is null) return facts.NoFolder;

        string folder = facts.InFolder("Logs");
        if (!Directory.Exists(folder)) return AuditFinding.NotApplicable("There are no logs.");

        string[] files = [.. Directory.EnumerateFiles(folder, "*.log").Order(StringComparer.Ordinal)];
        (string Name, int Lines)[] found = [.. files.Select(file => (Path.GetFileName(file), TokensInLog.Count(file))).Where(one => one.Item2 > 0)];
        return found.Length == 0
            ? AuditFinding.Pass(string.Create(CultureInfo.InvariantCulture, $"None in {files.Length} files."))
            : AuditFinding.Fail($"Lines with a token: {string.Join(", ", found.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} ({one.Lines})")))}.");
    }
}
