using RePlexOn.Checks;
using RePlexOn.Plex;

namespace RePlexOn.Security.Audit;

/// <summary>Who else on the machine can read or change what the server keeps.</summary>
internal static class FileRules
{
    private const string Category = "Files";
    private const string Folder = ""; // the data directory itself

    // Whoever can write here has his code run by the server, or his answers served by it.
    private static readonly string[] Trusted =
    [
        Folder, PlexDataDirectory.PreferencesFile, "Plug-ins", "Plug-in Support", "Plug-in Support/Databases", PlexDataDirectory.LibraryDatabase,
        "Scanners", "Codecs", "Cache",
    ];

    public static IReadOnlyList<AuditRule> All { get; } =
    [
        new("RPX-FIL-001", Category, "Only the server can read its token", CheckSeverity.Critical,
            "Give Preferences.xml mode 600: its token is the account's. Where others may have read it, sign out all devices at plex.tv.",
            At(PlexDataDirectory.PreferencesFile, Token))
        {
            Fix = Private(PlexDataDirectory.PreferencesFile),
        },
        new("RPX-FIL-002", Category, "Nobody else can change what the server runs by", CheckSeverity.Critical,
            "Take the right to write from others (chmod o-w).", Writable)
        {
            Fix = facts => Looks(facts, Trusted).Where(file => file.IsWritableByAll)
                .Select(file => Remedy.Mode(file.Path, file.File.Mode & ~UnixFileMode.OtherWrite)),
        },
        new("RPX-FIL-003", Category, "All of it belongs to one user", CheckSeverity.Medium,
            "Give it to the user who runs Plex (chown -R USER:GROUP), else Plex cannot keep it up to date, or somebody else can change it.", Owner),
        new("RPX-FIL-004", Category, "Only the server can read who watched what", CheckSeverity.Medium,
            "Close the data directory to others (chmod o-rwx): the databases name all users, what they watched, and their devices.",
            At(PlexDataDirectory.LibraryDatabase, Closed))
        {
            Fix = Close(PlexDataDirectory.LibraryDatabase),
        },
        new("RPX-FIL-005", Category, "The local administrator's token is private", CheckSeverity.Critical,
            "Give .LocalAdminToken mode 600: who has it is the server's administrator.", At(".LocalAdminToken", Closed))
        {
            Fix = Private(".LocalAdminToken"),
        },
        new("RPX-FIL-006", Category, "The private key of the server's certificate is private", CheckSeverity.High,
            "Give the certificate files in Cache mode 600, or close the data directory to others.", Certificates)
        {
            Fix = facts => Looks(facts, CertificateFiles(facts)).Where(file => file.IsReadableByAll).Select(file => Remedy.Mode(file.Path, file.OwnerOnly)),
        },
        new("RPX-FIL-007", Category, "Logs are not for everybody", CheckSeverity.Low,
            "Close the folder Logs to others (chmod o-rwx): logs name users, addresses and what was watched.", At("Logs", ClosedFolder))
        {
            Fix = facts => Looks(facts, ["Logs"]).Where(file => file.IsOpenFolder).Select(file => Remedy.Mode(file.Path, file.WithoutOthers)),
        },
        new("RPX-FIL-008", Category, "Copies of Preferences.xml are private", CheckSeverity.Critical,
            "Delete the copies that are not needed, and give the others mode 600: each holds the token.", Copies)
        {
            Fix = facts => Looks(facts, CopiesOf(facts)).Where(file => file.IsReadableByAll).Select(file => Remedy.Mode(file.Path, file.OwnerOnly)),
        },
        new("RPX-FIL-009", Category, "Only root can change the server's program", CheckSeverity.High,
            "Install Plex anew, and give its folder to root (chown -R root:root, chmod -R go-w).", Program),
    ];

    private static Func<AuditFacts, AuditFinding> At(string relative, Func<FileLook, AuditFinding> look) => facts =>
    {
        if (facts.Folder is null) return facts.NoFolder;
        return FileLook.At(facts.InFolder(relative)) is { } file ? look(file) : AuditFinding.NotApplicable($"There is no {relative}.");
    };

    private static AuditFinding Token(FileLook file)
    {
        if (file.IsReadableByAll) return AuditFinding.Fail($"{file.Seen}: every user of this machine can read it.");

        return file.File.Mode.HasFlag(UnixFileMode.GroupRead)
            ? AuditFinding.Warning($"{file.Seen}: all members of its group can read it.")
            : AuditFinding.Pass(file.Seen + ".");
    }

    private static AuditFinding Closed(FileLook file) =>
        file.IsReadableByAll ? AuditFinding.Fail($"{file.Seen}: every user of this machine can read it.") : AuditFinding.Pass($"Others cannot read {file.Path}.");

    private static AuditFinding ClosedFolder(FileLook folder) =>
        folder.IsOpenFolder ? AuditFinding.Warning($"{folder.Seen}: every user of this machine can look into it.") : AuditFinding.Pass($"Others cannot look into {folder.Path}.");

    private static AuditFinding Writable(AuditFacts facts) => Each(facts, Trusted, file => file.IsWritableByAll, "can be changed by every user of this machine");

    private static AuditFinding Certificates(AuditFacts facts) => Each(facts, CertificateFiles(facts), file => file.IsReadableByAll, "can be read by every user of this machine");

    private static AuditFinding Copies(AuditFacts facts) => Each(facts, CopiesOf(facts), file => file.IsReadableByAll, "can be read by every user of this machine");

    private static AuditFinding Each(AuditFacts facts, IEnumerable<string> relatives, Func<FileLook, bool> isBad, string what)
    {
        if (facts.Folder is null) return facts.NoFolder;

        FileLook[] files = [.. Looks(facts, relatives)];
        if (files.Length == 0) return AuditFinding.NotApplicable("There are none.");
        FileLook[] bad = [.. files.Where(isBad)];
        return bad.Length > 0
            ? AuditFinding.Fail($"{string.Join(", ", bad.Select(file => file.Seen))}: {what}.")
            : AuditFinding.Pass(files.Length == 1 ? $"{files[0].Seen}." : $"None of the {files.Length} that were looked at {what}.");
    }

    private static AuditFinding Owner(AuditFacts facts)
    {
        if (facts.Folder is null) return facts.NoFolder;

        FileLook[] files = [.. Looks(facts, [Folder, PlexDataDirectory.PreferencesFile, PlexDataDirectory.LibraryDatabase])];
        uint[] owners = [.. files.Select(file => file.File.Owner).Distinct()];
        return owners.Length == 1
            ? AuditFinding.Pass($"It belongs to {FileLook.NameOf(owners[0])}.")
            : AuditFinding.Warning(string.Join(", ", files.Select(file => $"{file.Path} belongs to {FileLook.NameOf(file.File.Owner)}")) + ".");
    }

    private static AuditFinding Program(AuditFacts facts)
    {
        if (facts.IsFileAlone) return facts.NoFolder;

        string program = Path.Join(facts.Root, "usr/lib/plexmediaserver");
        FileLook[] files = [.. ((string[])[program, Path.Combine(program, "Plex Media Server")]).Select(FileLook.At).OfType<FileLook>()];
        if (files.Length == 0) return AuditFinding.NotApplicable("Plex is not installed as a package on this machine.");
        FileLook? bad = Array.Find(files, file => file.File.Owner != 0 || (file.File.Mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0);
        return bad is null ? AuditFinding.Pass($"{files[0].Seen}, and belongs to root.") : AuditFinding.Fail($"{bad.Seen}, and belongs to {FileLook.NameOf(bad.File.Owner)}.");
    }

    private static Func<AuditFacts, IEnumerable<Remedy>> Private(string relative) =>
        facts => Looks(facts, [relative]).Select(file => Remedy.Mode(file.Path, file.OwnerOnly));

    // One door for all that is behind it: Plex may make files anew as it likes.
    private static Func<AuditFacts, IEnumerable<Remedy>> Close(string relative) => facts =>
        Looks(facts, [relative]).Any(file => file.IsReadableByAll) ? Looks(facts, [Folder]).Select(folder => Remedy.Mode(folder.Path, folder.WithoutOthers)) : [];

    private static IEnumerable<FileLook> Looks(AuditFacts facts, IEnumerable<string> relatives) => facts.Folder is null
        ? []
        : relatives.Select(relative => FileLook.At(relative == Folder ? facts.Folder : facts.InFolder(relative))).OfType<FileLook>();

    private static IEnumerable<string> CertificateFiles(AuditFacts facts) => Matching(facts, "Cache", name =>
        name.EndsWith(".p12", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".pem", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> CopiesOf(AuditFacts facts) => Matching(facts, Folder, name =>
        name.Contains("Preferences", StringComparison.OrdinalIgnoreCase) && name.Contains("xml", StringComparison.OrdinalIgnoreCase)
        && name != PlexDataDirectory.PreferencesFile);

    private static IEnumerable<string> Matching(AuditFacts facts, string folder, Func<string, bool> isWanted)
    {
        string path = facts.Folder is null ? "" : folder == Folder ? facts.Folder : facts.InFolder(folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", new EnumerationOptions { AttributesToSkip = 0 }).Select(file => Path.GetFileName(file)!)
                .Where(isWanted).Select(name => Path.Combine(folder, name)).Order(StringComparer.Ordinal)
            : [];
    }
}
