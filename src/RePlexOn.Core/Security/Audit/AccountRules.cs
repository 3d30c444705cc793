using System.Globalization;
using System.Net;
using RePlexOn.Checks;

namespace RePlexOn.Security.Audit;

/// <summary>Whose the server is, and whom it lets in.</summary>
internal static class AccountRules
{
    private const string Category = "Account";

    public static IReadOnlyList<AuditRule> All { get; } =
    [
        new("RPX-ACC-001", Category, "The server belongs to an account", CheckSeverity.High,
            "Open http://127.0.0.1:32400/web on the server itself (through ssh -L 32400:127.0.0.1:32400 from elsewhere) and sign in.", Claimed)
        {
            Reference = Guides.LocalAuthentication,
        },
        new("RPX-ACC-002", Category, "The account has two-factor authentication", CheckSeverity.Info, "",
            facts => AtPlexTv(facts, "Only plex.tv knows whether the account asks for a second factor.", "See plex.tv, Account, Two-Factor Authentication."))
        {
            Reference = Guides.TwoFactor,
        },
        new("RPX-ACC-003", Category, "The account's password is strong, and used nowhere else", CheckSeverity.Info, "",
            facts => AtPlexTv(facts, "The password is at plex.tv, and in no file of this machine: how strong it is cannot be known here.",
                "Use a password manager; change the password where it was ever used elsewhere.")),
        new("RPX-ACC-004", Category, "Who has access is meant to", CheckSeverity.Info,
            "See in Plex, Settings, Manage Library Access, that each of them is meant to have what he has.", Shared),
        new("RPX-ACC-005", Category, "The running server asks for a sign-in", CheckSeverity.Critical,
            "Take this machine's addresses out of allowedNetworks: whoever gets a request sent from here, a proxy or a web page opened here, needs no sign-in.",
            AsksStrangers)
        {
            Reference = Guides.LocalAuthentication,
        },
        new("RPX-ACC-006", Category, "The server signs in at plex.tv, and nowhere else", CheckSeverity.Critical,
            "Find out who changed it, set it back, and sign out all devices at plex.tv: tokens were sent to that address.",
            SettingLook.At(settings => settings.Text("PlexOnlineUrl").TrimEnd('/') == PlexSettings.DefaultOf("PlexOnlineUrl")
                ? AuditFinding.Pass(settings.Says("PlexOnlineUrl"))
                : AuditFinding.Fail($"PlexOnlineUrl leads to {UriHost.Of(settings.Text("PlexOnlineUrl"))}.")))
        {
            // What stands behind a host's name may be a secret, and a change would show it.
            Fix = facts => facts.Settings?.Text("PlexOnlineUrl") is { } url && UriHost.Of(url) == url.TrimEnd('/')
                ? [Remedy.Setting("PlexOnlineUrl", PlexSettings.DefaultOf("PlexOnlineUrl"))] : [],
        },
    ];

    private static AuditFinding Claimed(AuditFacts facts)
    {
        if ((facts.Server?.Identity.IsClaimed ?? facts.Preferences?.IsClaimed) is not { } claimed) return facts.NoSettings;

        return claimed
            ? AuditFinding.Pass("It is signed in to an account.")
            : AuditFinding.Warning("It is not signed in to an account: who reaches it first from its own network can make it his.");
    }

    private static AuditFinding AtPlexTv(AuditFacts facts, string why, string advice) => Claimed(facts).Status switch
    {
        CheckStatus.Pass => AuditFinding.Unknown(why, advice),
        CheckStatus.Warning => AuditFinding.NotApplicable("The server belongs to no account."),
        _ => facts.NoSettings,
    };

    private static AuditFinding Shared(AuditFacts facts)
    {
        if (Claimed(facts).Status == CheckStatus.Warning) return AuditFinding.NotApplicable("The server belongs to no account.");
        if (facts.Folder is null) return facts.NoFolder;
        if (facts.Sharing is not { } shared) return facts.NoSharing;
        if (shared.Users == 0) return AuditFinding.Pass("It is shared with nobody.");

        return AuditFinding.Warning(string.Create(
            CultureInfo.InvariantCulture,
            $"Shared with {shared.Users}; of these {shared.WithAllLibraries} see all libraries, {shared.WithDownloads} may download, {shared.Pending} have not accepted yet."));
    }

    private static AuditFinding AsksStrangers(AuditFacts facts) => facts.Server switch
    {
        null => facts.NoServer,
        { AnswerToStranger: HttpStatusCode.Unauthorized } server => AuditFinding.Pass($"{server.Address} refuses who does not sign in (401)."),
        { AnswerToStranger: HttpStatusCode.OK } server => AuditFinding.Fail($"{server.Address} shows its libraries to a request from this machine that carries no token."),
        { AnswerToStranger: { } other } => AuditFinding.Unknown($"It answered {(int)other}, as a server does that is still starting.", "Run the audit again in a minute."),
        _ => AuditFinding.Unknown("It did not answer."),
    };
}
