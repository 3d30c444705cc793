using System.Globalization;
using System.Security.Cryptography;
using RePlexOn.Checks;
using RePlexOn.Plex;

namespace RePlexOn.Security.Audit;

/// <summary>Whether what goes over the network can be read on its way.</summary>
internal static class EncryptionRules
{
    private const string Category = "Encryption";
    private const int DaysOfNotice = 14;

    public static IReadOnlyList<AuditRule> All { get; } =
    [
        new("RPX-TLS-001", Category, "Connections are encrypted", CheckSeverity.High,
            "Set secure connections to Required where all apps can do it (Plex itself advises Preferred, for old apps), never to Disabled.",
            SettingLook.At(Secure))
        {
            Reference = Guides.SecureConnections,
            Fix = SettingLook.Set("secureConnections", "0"),
        },
        new("RPX-TLS-002", Category, "Outdated versions of TLS are refused", CheckSeverity.Low,
            "Turn the strict TLS configuration on; very old televisions and players cannot connect then.",
            SettingLook.Switch("DisableTLSv1_0", good: true, CheckStatus.Warning, "TLS 1.0 and weak ciphers are not refused."))
        {
            Reference = Guides.Network,
            Fix = SettingLook.Set("DisableTLSv1_0", "1"),
        },
        new("RPX-TLS-003", Category, "A certificate of your own is private", CheckSeverity.High,
            "Let only the user who runs Plex read the file: it holds the private key.", CertificateIsPrivate)
        {
            Reference = Guides.Network,
            Fix = facts => facts.Settings is { } settings && FileLook.At(CertificatePath(facts, settings)) is { } file
                ? [Remedy.Mode(file.Path, file.WithoutOthers)] : [],
        },
        new("RPX-TLS-004", Category, "A certificate of your own is valid", CheckSeverity.Medium,
            "Renew the certificate, and see that whatever renews it gives it to Plex too.", CertificateIsValid)
        {
            Reference = Guides.Network,
        },
    ];

    private static AuditFinding Secure(PlexSettings settings) => (settings.Number("secureConnections"), settings.IsOn("PublishServerOnPlexOnlineKey")) switch
    {
        (0, _) => AuditFinding.Pass($"{settings.Says("secureConnections")} Encryption is required."),
        (1, false) => AuditFinding.Pass($"{settings.Says("secureConnections")} Encryption is preferred, and remote access is off."),
        (1, _) => AuditFinding.Warning($"{settings.Says("secureConnections")} Encryption is preferred: an app may also connect in clear text, from the internet too."),
        (2, _) => AuditFinding.Fail($"{settings.Says("secureConnections")} Encryption is disabled."),
        _ => AuditFinding.Unknown(settings.Says("secureConnections")),
    };

    private static AuditFinding CertificateIsPrivate(AuditFacts facts)
    {
        if (facts.Settings is not { } settings) return facts.NoSettings;
        if (NoCertificate(facts, settings) is { } none) return none;
        if (FileLook.At(CertificatePath(facts, settings)) is not { } file) return Missing(settings);

        return file.IsReadableByAll ? AuditFinding.Fail($"{file.Seen}: every user can read it.") : AuditFinding.Pass(file.Seen + ".");
    }

    private static AuditFinding CertificateIsValid(AuditFacts facts)
    {
        if (facts.Settings is not { } settings) return facts.NoSettings;
        if (NoCertificate(facts, settings) is { } none) return none;

        string path = CertificatePath(facts, settings);
        if (!File.Exists(path)) return Missing(settings);
        try
        {
            DateTime end = CustomCertificate.ReadExpiry(path, facts.InFolder(PlexDataDirectory.PreferencesFile));
            double days = (end.ToUniversalTime() - facts.Now.UtcDateTime).TotalDays;
            string until = string.Create(CultureInfo.InvariantCulture, $"It is valid until {end:yyyy-MM-dd}.");
            return days < 0 ? AuditFinding.Fail(until) : days < DaysOfNotice ? AuditFinding.Warning(until) : AuditFinding.Pass(until);
        }
        catch (CryptographicException)
        {
            return AuditFinding.Fail($"{path} cannot be opened with the passphrase that Plex has.");
        }
    }

    private static AuditFinding? NoCertificate(AuditFacts facts, PlexSettings settings)
    {
        if (settings.Text("customCertificatePath").Length == 0) return AuditFinding.NotApplicable("None is set; Plex gets one of its own.");

        return facts.Folder is null ? AuditFinding.NotApplicable("The machine of this file is not this one.") : null;
    }

    // A path that is not absolute, or lies in a container, leads nowhere here.
    private static string CertificatePath(AuditFacts facts, PlexSettings settings) =>
        Path.Join(facts.Root, settings.Text("customCertificatePath"));

    private static AuditFinding Missing(PlexSettings settings) => AuditFinding.Unknown(
        $"There is no {settings.Text("customCertificatePath")} on this machine; it may be a path in a container.", "See that the file is there, as Plex sees it.");
}
