using RePlexOn.Checks;

namespace RePlexOn.Security.Audit;

/// <summary>What an intruder, a mistake or a missing disk can do to the library.</summary>
internal static class LibraryRules
{
    private const string Category = "Library";

    public static IReadOnlyList<AuditRule> All { get; } =
    [
        new("RPX-LIB-001", Category, "Media cannot be deleted through Plex from anywhere", CheckSeverity.Medium,
            "Turn media deletion off, or mount the media read-only for Plex.",
            SettingLook.At(settings => settings.IsOn("allowMediaDeletionLanOnly") == true
                ? AuditFinding.Pass(settings.Says("allowMediaDeletionLanOnly"))
                : SettingLook.Look(settings, "allowMediaDeletion", good: false, CheckStatus.Warning, "Who gets into the owner's account can delete the media.")))
        {
            Reference = Guides.Library,
            Fix = SettingLook.Set("allowMediaDeletion", "0"),
        },
        new("RPX-LIB-002", Category, "A missing disk empties no library", CheckSeverity.Low,
            "Turn the emptying of the trash after every scan off: with a disk that is not mounted, all its items would go, with posters and history.",
            SettingLook.Switch("autoEmptyTrash", good: false, CheckStatus.Warning, "What a scan does not find is removed for good."))
        {
            Reference = Guides.Library,
            Fix = SettingLook.Set("autoEmptyTrash", "0"),
        },
        new("RPX-LIB-003", Category, "Plex keeps copies of its own database", CheckSeverity.Low,
            "Turn the backup of the database in the scheduled tasks on; it is quick to go back to, though on the same disk.",
            SettingLook.Switch("ButlerTaskBackupDatabase", good: true, CheckStatus.Warning, "Plex makes none."))
        {
            Fix = SettingLook.Set("ButlerTaskBackupDatabase", "1"),
        },
        new("RPX-LIB-004", Category, "Where files lie is shown to the administrator alone", CheckSeverity.Info,
            "Set the location visibility to administrators only.",
            SettingLook.At(settings => settings.Number("LocationVisibility") switch
            {
                1 => AuditFinding.Pass(settings.Says("LocationVisibility")),
                2 => AuditFinding.Warning($"{settings.Says("LocationVisibility")} Every user sees the paths of files."),
                _ => AuditFinding.Unknown(settings.Says("LocationVisibility")),
            }))
        {
            Reference = Guides.Library,
            Fix = SettingLook.Set("LocationVisibility", "1"),
        },
    ];
}
