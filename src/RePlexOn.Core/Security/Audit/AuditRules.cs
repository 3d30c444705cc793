namespace RePlexOn.Security.Audit;

/// <summary>All rules, by category.</summary>
internal static class AuditRules
{
    public static IReadOnlyList<AuditRule> All { get; } =
    [
        .. UpdateRules.All, .. AccountRules.All, .. NetworkRules.All, .. EncryptionRules.All, .. LogRules.All, .. FileRules.All,
        .. MachineRules.All, .. LibraryRules.All, .. BackupRules.All,
    ];
}
