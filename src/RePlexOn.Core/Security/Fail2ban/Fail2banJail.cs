using System.Text;
using RePlexOn.Configuration;
using RePlexOn.Files;
using RePlexOn.Processes;
using RePlexOn.Security.AccessLog;

namespace RePlexOn.Security.Fail2ban;

/// <summary>Puts a jail for Plex into fail2ban, whole or not at all, and takes it out again.</summary>
/// <param name="time">Its zone is the machine's.</param>
public sealed class Fail2banJail(TimeProvider time)
{
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Installs the jail; the same one twice changes nothing, and another one gives way.</summary>
    /// <param name="configuration">Where the server is, and whom it trusts.</param>
    /// <param name="options">The jail that is wanted.</param>
    /// <param name="cancellationToken">Stops it; what was begun is taken back.</param>
    /// <exception cref="RePlexOnException">
    /// <c>ProgramMissing</c>, <c>Fail2banNotFound</c>: it is not installed. <c>PlexLogMissing</c>. <c>Fail2banFileTaken</c>: a
    /// file of that name is somebody else's. <c>Fail2banRefused</c>: fail2ban does not take it. <c>Fail2banNotWritable</c>.
    /// </exception>
    public async Task<Fail2banChange> InstallAsync(RePlexOnConfiguration configuration, Fail2banOptions options, CancellationToken cancellationToken)
    {
        var folder = new Fail2banFolder(options.Folder);
        ProgramPath.Find("fail2ban-client");
        folder.Check();
        string log = FindLog(configuration, options.LogPath);
        IReadOnlyList<Fail2banFile> files = Compose(folder, options, log, configuration.Access);
        string?[] before = [.. files.Select(file => Fail2banFolder.Read(file.Path))];
        var program = new Fail2banProgram(folder.Path);
        bool isRunning = await program.IsRunningAsync(cancellationToken);

        bool isSame = files.Zip(before).All(pair => pair.First.Content == pair.Second);
        if (isSame && (!isRunning || await IsActiveAsync(program, cancellationToken)))
            return new Fail2banChange(Fail2banChangeKind.Unchanged, files, log, isRunning, "The jail is installed so already.");

        Fail2banChangeKind kind = before.Any(text => text is not null) ? Fail2banChangeKind.Changed : Fail2banChangeKind.Installed;
        await ProveAsync(files, cancellationToken);
        if (!options.DryRun) await PutAsync(program, files, before, isRunning, cancellationToken);
        return new Fail2banChange(kind, files, log, isRunning && !options.DryRun, isRunning
            ? $"The jail {Fail2banFolder.Jail} is active in fail2ban."
            : "fail2ban does not run, or does not answer this user. The jail will be active once it does: systemctl enable --now fail2ban.");
    }

    /// <summary>Takes the jail out: bans, firewall rules and files. Where there is none, nothing is changed.</summary>
    /// <param name="folderPath">Where fail2ban's configuration is.</param>
    /// <param name="dryRun">Only say what would be done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException"><c>Fail2banFileTaken</c>, <c>Fail2banNotWritable</c>, <c>Fail2banRefused</c>, <c>ProgramMissing</c>.</exception>
    public static async Task<Fail2banChange> UninstallAsync(string folderPath, bool dryRun, CancellationToken cancellationToken)
    {
        var folder = new Fail2banFolder(folderPath);
        Fail2banFile[] files = [.. folder.Files.Select(path => (Path: path, Text: Fail2banFolder.Read(path))).Where(file => file.Text is not null)
            .Select(file => new Fail2banFile(file.Path, file.Text!))];
        if (files.Length == 0) return new Fail2banChange(Fail2banChangeKind.Unchanged, [], null, false, $"There is no jail of RePlexOn's in {folder.Path}.");

        if (!dryRun)
        {
            CheckWritable(files);
            await StopAsync(new Fail2banProgram(folder.Path), cancellationToken);
            // The jail first: without its filter it would keep fail2ban from starting.
            Change(() =>
            {
                foreach (Fail2banFile file in files.Reverse()) File.Delete(file.Path);
            });
        }

        return new Fail2banChange(Fail2banChangeKind.Removed, files, null, false, "The jail is gone, and with it its bans and firewall rules.");
    }

    /// <summary>The files of a jail.</summary>
    internal IReadOnlyList<Fail2banFile> Compose(Fail2banFolder folder, Fail2banOptions options, string log, AccessSettings settings)
    {
        TimeZoneInfo local = time.LocalTimeZone, zone = LogZone.Find(log, local);
        return
        [
            new(folder.Filter, FilterText.Content),
            new(folder.Action, ActionText.For(Choose(options.Action))),
            new(folder.JailFile, JailText.For(options, log, ReferenceEquals(zone, local) ? null : zone.Id, settings)),
        ];
    }

    /// <summary>The log that a jail reads.</summary>
    /// <exception cref="RePlexOnException"><c>PlexLogMissing</c>.</exception>
    internal static string FindLog(RePlexOnConfiguration configuration, string? path) =>
        path is null ? PlexLogs.Find(configuration) : File.Exists(path) ? path : throw PlexLogs.Missing(path);

    /// <summary>Has fail2ban read the files, apart from all else that it is configured to do.</summary>
    internal static async Task ProveAsync(IReadOnlyList<Fail2banFile> files, CancellationToken cancellationToken)
    {
        string scratch = Directory.CreateTempSubdirectory("replexon-fail2ban-").FullName;
        try
        {
            var apart = new Fail2banFolder(scratch);
            foreach ((string path, Fail2banFile file) in apart.Files.Zip(files)) Write(path, file.Content);
            Write(Path.Combine(scratch, "jail.conf"), "[DEFAULT]\n");
            Write(Path.Combine(scratch, "fail2ban.conf"),
                $"[DEFAULT]\nloglevel = INFO\nlogtarget = STDERR\nsyslogsocket = auto\nsocket = {scratch}/socket\npidfile = {scratch}/pid\ndbfile = None\ndbpurgeage = 1d\n");
            Fail2banProgram.Answer answer = await new Fail2banProgram(scratch).ClientAsync(cancellationToken, "-t");
            if (answer.ExitCode != 0) throw Refused(answer, "Nothing was changed.");
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    internal static async Task<bool> IsActiveAsync(Fail2banProgram program, CancellationToken cancellationToken) =>
        (await program.ClientAsync(cancellationToken, "status", Fail2banFolder.Jail)).ExitCode == 0;

    private static Fail2banAction Choose(Fail2banAction asked)
    {
        if (asked != Fail2banAction.Auto)
        {
            ProgramPath.Find(asked == Fail2banAction.Nftables ? "nft" : "iptables");
            return asked;
        }

        try
        {
            ProgramPath.Find("nft");
            return Fail2banAction.Nftables;
        }
        catch (RePlexOnException)
        {
            ProgramPath.Find("iptables");
            return Fail2banAction.Iptables;
        }
    }

    private static async Task PutAsync(
        Fail2banProgram program, IReadOnlyList<Fail2banFile> files, string?[] before, bool isRunning, CancellationToken cancellationToken)
    {
        try
        {
            Change(() =>
            {
                foreach (Fail2banFile file in files) Write(file.Path, file.Content);
            });
            if (!isRunning) return;
            // A jail that was there is stopped by the action that started it.
            Fail2banProgram.Answer answer = await program.ClientAsync(cancellationToken, "reload", "--restart", "--if-exists", Fail2banFolder.Jail);
            if (answer.ExitCode != 0 || !await IsActiveAsync(program, cancellationToken)) throw Refused(answer, "All is as it was before.");
        }
        catch
        {
            Change(() =>
            {
                foreach ((Fail2banFile file, string? text) in files.Zip(before).Reverse())
                {
                    if (text is null) File.Delete(file.Path);
                    else Write(file.Path, text);
                }
            });
            if (isRunning)
            {
                await program.ClientAsync(CancellationToken.None, before.Any(text => text is null)
                    ? ["stop", Fail2banFolder.Jail]
                    : ["reload", "--restart", "--if-exists", Fail2banFolder.Jail]);
            }

            throw;
        }
    }

    private static async Task StopAsync(Fail2banProgram program, CancellationToken cancellationToken)
    {
        if (!await program.IsRunningAsync(cancellationToken) || !await IsActiveAsync(program, cancellationToken)) return;

        // Its memory would ban them again, were a jail of this name to come back.
        Fail2banProgram.Answer banned = await program.ClientAsync(cancellationToken, "get", Fail2banFolder.Jail, "banip");
        string[] addresses = banned.Output.Split([' ', '\n', ','], StringSplitOptions.RemoveEmptyEntries);
        if (banned.ExitCode == 0 && addresses.Length > 0)
            await program.ClientAsync(cancellationToken, ["set", Fail2banFolder.Jail, "unbanip", .. addresses]);
        Fail2banProgram.Answer answer = await program.ClientAsync(cancellationToken, "stop", Fail2banFolder.Jail);
        if (answer.ExitCode != 0) throw Refused(answer, "The jail is still there.");
    }

    private static void CheckWritable(IReadOnlyList<Fail2banFile> files)
    {
        // Before the jail is stopped: what cannot be removed would start it again.
        foreach (Fail2banFile file in files) Change(() => File.Open(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose());
    }

    private static void Write(string path, string text) => AtomicFile.Write(path, Encoding.UTF8.GetBytes(text), Mode);

    private static void Change(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException(
                "Fail2banNotWritable", ExitCode.Failed, $"fail2ban's configuration cannot be changed: {e.Message}", "Run this as root.", e);
        }
    }

    private static RePlexOnException Refused(Fail2banProgram.Answer answer, string state) => new(
        "Fail2banRefused", ExitCode.Failed, $"fail2ban does not take the jail: {answer.Trouble} {state}",
        "See /var/log/fail2ban.log, and whether this runs as root; `fail2ban-client -t` shows what else may be wrong with its configuration.");
}
