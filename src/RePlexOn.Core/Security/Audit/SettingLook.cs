using RePlexOn.Checks;

namespace RePlexOn.Security.Audit;

/// <summary>Short ways to write rules about settings.</summary>
internal static class SettingLook
{
    /// <summary>A rule that needs the settings.</summary>
    public static Func<AuditFacts, AuditFinding> At(Func<PlexSettings, AuditFinding> look) =>
        facts => facts.Settings is { } settings ? look(settings) : facts.NoSettings;

    /// <summary>A rule that only concerns a server which lets clients in from the internet.</summary>
    public static Func<AuditFacts, AuditFinding> WhereRemote(Func<PlexSettings, AuditFinding> look) => At(settings =>
        settings.IsOn("PublishServerOnPlexOnlineKey") == false ? AuditFinding.NotApplicable("Remote access is off.") : look(settings));

    /// <summary>A rule about a switch.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="good">How it should be.</param>
    /// <param name="otherwise">What it is when it is not so.</param>
    /// <param name="because">What that means, as a sentence.</param>
    public static Func<AuditFacts, AuditFinding> Switch(string key, bool good, CheckStatus otherwise, string because) =>
        At(settings => Look(settings, key, good, otherwise, because));

    /// <summary>The same, inside another rule.</summary>
    public static AuditFinding Look(PlexSettings settings, string key, bool good, CheckStatus otherwise, string because) => settings.IsOn(key) switch
    {
        null => AuditFinding.Unknown(settings.Says(key)),
        { } value when value == good => AuditFinding.Pass(settings.Says(key)),
        _ => new AuditFinding(otherwise, $"{settings.Says(key)} {because}"),
    };

    /// <summary>Sets one setting.</summary>
    public static Func<AuditFacts, IEnumerable<Remedy>> Set(string key, string value) => _ => [Remedy.Setting(key, value)];
}
