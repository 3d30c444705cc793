using System.Globalization;
using RePlexOn.Backup;
using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Targets;

namespace RePlexOn.Security.Audit;

/// <summary>What the backup itself gives away, and whether it is there when it is needed.</summary>
internal static class BackupRules
{
    private const string Category = "Backup";
    private const int OldAfterDays = 8; // a weekly backup may be a day late

    public static IReadOnlyList<AuditRule> All { get; } =
    [
        new("RPX-BAK-001", Category, "The target's password is private", CheckSeverity.High, "Give the password file mode 600.",
            At(facts => Secret(facts.Configuration.PasswordFile, "PasswordFile", "password file")))
        {
            Fix = facts => Narrow(facts.Configuration.PasswordFile, file => file.OwnerOnly),
        },
        new("RPX-BAK-002", Category, "The key for the target is private", CheckSeverity.High, "Give the key file mode 600.",
            At(facts => Secret(facts.Configuration.Ssh.IdentityFile, "IdentityFile", "key file")))
        {
            Fix = facts => Narrow(facts.Configuration.Ssh.IdentityFile, file => file.OwnerOnly),
        },
        new("RPX-BAK-003", Category, "Nobody else can change where backups go", CheckSeverity.High,
            "Take the right to write to the configuration from others (chmod go-w).", At(Changeable))
        {
            Fix = facts => Narrow(facts.Configuration.FilePath, file => file.File.Mode & ~(UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)),
        },
        new("RPX-BAK-004", Category, "The backup's history is private", CheckSeverity.Low, "Give the state directory mode 700.", At(History))
        {
            Fix = facts => Narrow(facts.Configuration.StateDirectory, file => file.OwnerOnly),
        },
        new("RPX-BAK-005", Category, "Only its owner can read the mirror", CheckSeverity.High,
            "Close the target's folder to others (chmod o-rwx): the mirror holds the server's token and all that is in its databases.", At(Mirror))
        {
            Fix = facts => MirrorOf(facts) is { IsReadableByAll: true }
                ? Narrow(Path.Combine(LocalTargetOf(facts)!.Root, TargetLayout.Mirror), file => file.WithoutOthers) : [],
        },
        new("RPX-BAK-006", Category, "The backup is encrypted on its way", CheckSeverity.Medium,
            "Use an ssh target, or a VPN: an rsync daemon sends what is in the backup, the server's token too, in clear text.", At(OnItsWay)),
        new("RPX-BAK-007", Category, "There is a new and good backup", CheckSeverity.High,
            "Run one (Invoke-PlexBackup, replexon backup), and have it run by itself (Register-PlexBackupSchedule, replexon schedule add mirror).", At(Newest)),
        new("RPX-BAK-008", Category, "Passwords and addresses for alerts are private", CheckSeverity.Medium,
            "Give these files mode 600, and give them to the user that the backups run as.", At(AlertSecrets))
        {
            Fix = facts => SecretFiles(facts.Configuration).SelectMany(path => Narrow(path, file => file.OwnerOnly)),
        },
    ];

    private static Func<AuditFacts, AuditFinding> At(Func<AuditFacts, AuditFinding> look) =>
        facts => facts.IsFileAlone ? AuditFinding.NotApplicable("A file alone was looked at.") : look(facts);

    private static AuditFinding Secret(string? path, string errorPrefix, string what)
    {
        if (path is null) return AuditFinding.NotApplicable("None is set.");
        try
        {
            PrivateFile.Check(path, errorPrefix, what);
            return AuditFinding.Pass($"Only its owner can read {path}.");
        }
        catch (RePlexOnException trouble) when (trouble.ErrorId.EndsWith("NotReadable", StringComparison.Ordinal))
        {
            return AuditFinding.Pass($"This user cannot read {path}, and its owner alone can.");
        }
        catch (RePlexOnException trouble)
        {
            return AuditFinding.Fail(trouble.Message) with { Remediation = trouble.Advice };
        }
    }

    private static AuditFinding AlertSecrets(AuditFacts facts)
    {
        FileLook[] files = [.. SecretFiles(facts.Configuration).Select(FileLook.At).OfType<FileLook>()];
        if (files.Length == 0) return AuditFinding.NotApplicable("No file holds any.");

        FileLook[] open = [.. files.Where(file => file.OwnerOnly != file.File.Mode)];
        return open.Length > 0
            ? AuditFinding.Fail($"{string.Join(", ", open.Select(file => file.Seen))}: others than the owner can use it.")
            : AuditFinding.Pass($"Only their owner can read {string.Join(", ", files.Select(file => file.Path))}.");
    }

    // The target's own have checks of their own. The configuration is one where it holds secrets itself.
    private static IEnumerable<string> SecretFiles(RePlexOnConfiguration configuration)
    {
        var secrets = new ConfigurationSecrets(SettingsTable.All);
        IEnumerable<string> files = secrets.FilesOf(configuration).Except([configuration.PasswordFile, configuration.Ssh.IdentityFile]).OfType<string>();
        return configuration.FilePath is { } own && secrets.Blank(File.ReadAllBytes(own)).Keys.Count > 0 ? files.Append(own) : files;
    }

    private static AuditFinding Changeable(AuditFacts facts)
    {
        if (facts.Configuration.FilePath is not { } path || FileLook.At(path) is not { } file) return AuditFinding.NotApplicable("There is no configuration file.");

        bool isOpen = (file.File.Mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0 || file.File.OpenParent is not null;
        return isOpen ? AuditFinding.Fail($"{file.Seen}{(file.File.OpenParent is { } open ? $", and every user can write to {open}" : "")}.") : AuditFinding.Pass($"{file.Seen}.");
    }

    private static AuditFinding History(AuditFacts facts)
    {
        if (FileLook.At(facts.Configuration.StateDirectory) is not { } folder) return AuditFinding.NotApplicable("There is none yet.");

        return folder.IsOpenFolder ? AuditFinding.Warning($"{folder.Seen}: others can look into it.") : AuditFinding.Pass($"{folder.Seen}.");
    }

    private static AuditFinding Mirror(AuditFacts facts)
    {
        if (facts.Configuration.Target is null) return AuditFinding.NotApplicable("No target is set.");
        if (LocalTargetOf(facts) is not { } target)
        {
            return AuditFinding.Unknown(
                "The target is on another machine: who can read the files there is not to be seen from here.",
                "See there who can read plex-current/Preferences.xml; then set audit.skip to this check's id and what you saw.");
        }

        return MirrorOf(facts) switch
        {
            null => AuditFinding.NotApplicable($"There is no mirror at {target.Root}."),
            { IsReadableByAll: true } file => AuditFinding.Fail($"{file.Seen}: every user of this machine can read it."),
            var file => AuditFinding.Pass($"Others cannot read {file.Path}."),
        };
    }

    private static AuditFinding OnItsWay(AuditFacts facts) => TargetOf(facts.Configuration) switch
    {
        null => AuditFinding.NotApplicable("No target is set."),
        { Kind: TargetKind.Ssh } => AuditFinding.Pass("It goes over ssh."),
        { Kind: TargetKind.Local } => AuditFinding.NotApplicable("The target is a folder of this machine; whether a share below it is encrypted is not to be seen."),
        var target => AuditFinding.Warning($"{target.Display} takes it in clear text."),
    };

    private static AuditFinding Newest(AuditFacts facts)
    {
        if (facts.WhyNoHistory is { } why) return AuditFinding.Unknown(why, "Run the audit as the user that runs the backups.");
        if (facts.LastGoodBackup?.EndedAt is not { } ended) return AuditFinding.Fail("There is none in the history.");

        double days = (facts.Now - ended).TotalDays;
        string seen = string.Create(CultureInfo.InvariantCulture, $"The last good one ended {ended:yyyy-MM-dd HH:mm zzz}.");
        return days > OldAfterDays ? AuditFinding.Fail(seen) : AuditFinding.Pass(seen);
    }

    private static IEnumerable<Remedy> Narrow(string? path, Func<FileLook, UnixFileMode> mode) =>
        path is not null && FileLook.At(path) is { } file && mode(file) != file.File.Mode ? [Remedy.Mode(path, mode(file))] : [];

    private static LocalTarget? LocalTargetOf(AuditFacts facts) => TargetOf(facts.Configuration) as LocalTarget;

    private static FileLook? MirrorOf(AuditFacts facts) =>
        LocalTargetOf(facts) is { } target ? FileLook.At(Path.Combine(target.Root, TargetLayout.Mirror, Plex.PlexDataDirectory.PreferencesFile)) : null;

    private static BackupTarget? TargetOf(RePlexOnConfiguration configuration)
    {
        try
        {
            return configuration.Target is { } text ? BackupTarget.Parse(text, new TargetOptions()) : null;
        }
        catch (RePlexOnException)
        {
            return null; // `replexon config test` says what is wrong with it
        }
    }
}
