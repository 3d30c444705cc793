using System.Runtime.CompilerServices;
using RePlexOn;
using RePlexOn.Backup;
using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.History;
using RePlexOn.Plex;
using RePlexOn.Plex.Databases;
using RePlexOn.Setup;
using RePlexOn.Verification;

// PowerShell looks for [RePlexOn.History.RunStatus] in the assemblies of the default load context, where this one is
// and RePlexOn.Core is not: what scripts may want to name is forwarded from here.
[assembly: TypeForwardedTo(typeof(BackupHealth))]
[assembly: TypeForwardedTo(typeof(BackupRun))]
[assembly: TypeForwardedTo(typeof(BackupStatus))]
[assembly: TypeForwardedTo(typeof(ByteSize))]
[assembly: TypeForwardedTo(typeof(CapturedDatabase))]
[assembly: TypeForwardedTo(typeof(Check))]
[assembly: TypeForwardedTo(typeof(CheckSeverity))]
[assembly: TypeForwardedTo(typeof(CheckStatus))]
[assembly: TypeForwardedTo(typeof(ExitCode))]
[assembly: TypeForwardedTo(typeof(PlannedAction))]
[assembly: TypeForwardedTo(typeof(PlannedChange))]
[assembly: TypeForwardedTo(typeof(PlexInstallation))]
[assembly: TypeForwardedTo(typeof(PlexInstallationKind))]
[assembly: TypeForwardedTo(typeof(RePlexOnException))]
[assembly: TypeForwardedTo(typeof(RunKind))]
[assembly: TypeForwardedTo(typeof(RunStatus))]
[assembly: TypeForwardedTo(typeof(RunTrigger))]
[assembly: TypeForwardedTo(typeof(SettingKind))]
[assembly: TypeForwardedTo(typeof(SettingValue))]
[assembly: TypeForwardedTo(typeof(SetupResult))]
[assembly: TypeForwardedTo(typeof(VerificationDepth))]
[assembly: TypeForwardedTo(typeof(VerificationFinding))]
[assembly: TypeForwardedTo(typeof(VerificationFindingKind))]
[assembly: TypeForwardedTo(typeof(VerificationResult))]
