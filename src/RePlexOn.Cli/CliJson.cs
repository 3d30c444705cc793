using System.Text.Json.Serialization;
using RePlexOn.Alerts;
using RePlexOn.Backup;
using RePlexOn.Checks;
using RePlexOn.ConfigurationBackups;
using RePlexOn.History;
using RePlexOn.Legacy;
using RePlexOn.Plex;
using RePlexOn.Reports;
using RePlexOn.Restore;
using RePlexOn.Schedules;
using RePlexOn.Security.AccessLog;
using RePlexOn.Security.Audit;
using RePlexOn.Security.Docker;
using RePlexOn.Security.Fail2ban;
using RePlexOn.Security.Firewall;
using RePlexOn.Setup;
using RePlexOn.Snapshots;
using RePlexOn.Statistics;
using RePlexOn.Verification;

namespace RePlexOn.Cli;

/// <summary>How results are written as JSON; made at compile time, and for writing alone, since a command lives for moments.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization, WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(AlertRecord))]
[JsonSerializable(typeof(IReadOnlyList<AlertRecord>))]
[JsonSerializable(typeof(BackupRun))]
[JsonSerializable(typeof(IReadOnlyList<BackupRun>))]
[JsonSerializable(typeof(BackupStatus))]
[JsonSerializable(typeof(BackupPlan))]
[JsonSerializable(typeof(BackupStatistics))]
[JsonSerializable(typeof(LegacyImportResult))]
[JsonSerializable(typeof(SetupResult))]
[JsonSerializable(typeof(IReadOnlyList<SetupStep>))]
[JsonSerializable(typeof(IReadOnlyList<SettingRow>))]
[JsonSerializable(typeof(IReadOnlyList<Check>))]
[JsonSerializable(typeof(IReadOnlyList<PlexInstallation>))]
[JsonSerializable(typeof(IReadOnlyList<PlexSnapshot>))]
[JsonSerializable(typeof(IReadOnlyList<RetentionDecision>))]
[JsonSerializable(typeof(ReportResult))]
[JsonSerializable(typeof(RestorePlan))]
[JsonSerializable(typeof(IReadOnlyList<BackupSchedule>))]
[JsonSerializable(typeof(IReadOnlyList<ScheduleChange>))]
[JsonSerializable(typeof(IReadOnlyList<ConfigurationItem>))]
[JsonSerializable(typeof(IReadOnlyList<ConfigurationRestoreStep>))]
[JsonSerializable(typeof(IReadOnlyList<AccessEvent>))]
[JsonSerializable(typeof(SuspiciousAccess))]
[JsonSerializable(typeof(IReadOnlyList<SuspiciousAccess>))]
[JsonSerializable(typeof(IReadOnlyList<DockerIssue>))]
[JsonSerializable(typeof(Fail2banChange))]
[JsonSerializable(typeof(Fail2banStatus))]
[JsonSerializable(typeof(FirewallChange))]
[JsonSerializable(typeof(FirewallStatus))]
[JsonSerializable(typeof(ProtectionPlan))]
[JsonSerializable(typeof(ProtectionResult))]
[JsonSerializable(typeof(SecurityAuditResult))]
[JsonSerializable(typeof(Trouble))]
[JsonSerializable(typeof(VerificationResult))]
internal sealed partial class CliJson : JsonSerializerContext;
