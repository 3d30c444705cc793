using System.Text.RegularExpressions;

namespace RePlexOn.Targets;

/// <summary>A cause of failure, known by a line on rsync's or ssh's standard error, and what to tell the user about it.</summary>
/// <remarks>
/// Patterns are anchored at the start, and where a file name may stand in the line at the end too, so that no file can
/// be named like an error. Tried with rsync 3.1.3 and 3.5.0.
/// </remarks>
internal sealed class RsyncFailure
{
    /// <summary>Id of the trouble that a daemon has as many connections as it allows.</summary>
    public const string Busy = "TargetBusy";

    private static readonly RsyncFailure[] Known =
    [
        // The place is full, or cannot be written at all: fatal even where rsync goes on with the next file (23).
        new("NoRoom", ExitCode.NoRoom, @"(No space left on device|Dis[ck] quota exceeded) \(\d+\)$",
            t => $"No room is left on {t}.",
            t => $"Make room there, or prune old snapshots. What was there before is still whole. To look: {RoomCommand(t)}")
        { EvenIfPartial = true },
        new("TargetNotWritable", ExitCode.Refused, @"^rsync: .*Read-only file system \(30\)$",
            t => $"The file system of {t} is read-only.",
            _ => "Disks turn read-only after errors: look at the kernel's messages on the machine that holds it (dmesg), check the disk, and mount it writable again.")
        { EvenIfPartial = true },

        // The rsync daemon's answers.
        new("TargetRefused", ExitCode.Refused, "^@ERROR: auth failed on module",
            t => $"The rsync daemon refuses user or password for {t}.",
            t => t is DaemonTarget { PasswordFile: { } file }
                ? $"Compare the user in the target, the password in {file} and the daemon's secrets file (its 'auth users' and 'secrets file')."
                : "The module wants a password: put it alone into a file, chmod 600 that, and name it as the password file."),
        new("TargetRefused", ExitCode.Refused, "^@ERROR: access denied to ",
            t => $"The rsync daemon does not let this machine use {t}.",
            _ => "Look at 'hosts allow' and 'hosts deny' of the module in the daemon's rsyncd.conf (on a NAS: the allowed addresses of the shared folder), and add this machine's address."),
        new("UnknownModule", ExitCode.Usage, "^@ERROR: Unknown module",
            t => $"The rsync daemon has no such module: {t}.",
            t => $"Ask it for its modules with: rsync {(t as DaemonTarget)?.ModulesUrl}"),
        new("TargetFolderMissing", ExitCode.Failed, "^@ERROR: (chdir|chroot) failed",
            t => $"The folder behind the rsync module of {t} does not exist.",
            _ => "Its disk or share may not be mounted on that machine; else correct the module's 'path' in rsyncd.conf."),
        new(Busy, ExitCode.TargetUnreachable, "^@ERROR: max connections",
            t => $"The rsync daemon of {t} has as many connections as it allows.",
            _ => "Wait until other transfers end, or raise 'max connections' in rsyncd.conf."),
        new("ModuleReadOnly", ExitCode.Usage, "^ERROR: module is read only",
            t => $"The rsync module of {t} is read-only.",
            _ => "Set 'read only = no' for it in the daemon's rsyncd.conf."),
        new("OptionRefused", ExitCode.Failed, @"^rsync: (\[\w+\] )?The server is configured to refuse ",
            t => $"The rsync daemon of {t} does not allow an option that a backup needs.",
            _ => "Take it off 'refuse options' of the module in rsyncd.conf."),
        new("TargetNotRsync", ExitCode.TargetUnreachable, "^rsync: (did not see server greeting|server sent \".*\" rather than greeting)",
            t => $"What answers for {t} is not an rsync daemon.",
            _ => "Check the port in the target (873 is the usual one), and that the rsync service is on."),

        // The password file, should it change after our own check.
        new("PasswordFileNotPrivate", ExitCode.Usage, "^ERROR: password file must ",
            _ => "The password file can be read by others, or belongs to another user.",
            t => t is DaemonTarget { PasswordFile: { } file } ? $"Run: chmod 600 {ShellWord.Quote(file)}" : "Run chmod 600 on it."),
        new("PasswordFileMissing", ExitCode.Usage, @"^(rsync: (\[\w+\] )?could not open password file|ERROR: failed to read a password)",
            _ => "The password file cannot be read, or is empty.",
            t => t is DaemonTarget { PasswordFile: { } file } ? $"Look at: ls -l {ShellWord.Quote(file)}" : "Check its path."),

        // ssh.
        new("HostKeyChanged", ExitCode.Refused, @"^(@ +WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for .* has changed)",
            t => $"The host key of {t} is not the one this machine knows: it was set up anew, or somebody is in between.",
            t => $"Make sure on that machine which it is (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub); only then: {(t as SshTarget)?.ForgetKeyCommand} && {(t as SshTarget)?.LoginCommand}"),
        new("HostKeyUnknown", ExitCode.Refused, "^(Host key verification failed|No .* host key is known)",
            t => $"This machine does not know the host key of {t} yet.",
            t => $"As the user that runs the backup, log in once and accept it: {(t as SshTarget)?.LoginCommand} (or, if you trust the network: {(t as SshTarget)?.KeyScanCommand})"),
        new("TargetRefused", ExitCode.Refused, @"^(\S+: )?Permission denied \([a-z0-9,-]+\)\.?$|^Received disconnect from .*Too many authentication failures",
            t => $"ssh refuses the login to {t}.",
            t => $"Put this user's public key there (ssh-copy-id), and try: {(t as SshTarget)?.LoginCommand}"),
        new("SshMissing", ExitCode.Failed, "^rsync: (\\[\\w+\\] )?Failed to exec ssh",
            _ => "ssh is not installed.", _ => "Install it: apt install openssh-client (or your distribution's like)."),
        new("RsyncMissingOnTarget", ExitCode.Failed, @"rsync: (command )?not found$|/?rsync: No such file or directory$",
            t => $"rsync is not installed on {t}, or not in the PATH of a login without a terminal.",
            t => $"Install it there (on a NAS: switch on its rsync service), then try: {(t as SshTarget)?.LoginCommand} rsync --version"),
        new("TargetNotRsync", ExitCode.Failed, "^protocol version mismatch -- is your shell clean",
            t => $"The login to {t} prints text of its own, which rsync cannot read.",
            t => $"This must print nothing: {(t as SshTarget)?.LoginCommand} true   (look into .bashrc and .profile there)."),

        // The network.
        new("TargetUnreachable", ExitCode.TargetUnreachable, @"^(rsync: (\[\w+\] )?getaddrinfo: |ssh: Could not resolve hostname )",
            t => $"The name of {t} is not known to this machine.",
            t => $"Check its spelling, or use the address: getent hosts {HostOf(t)}"),
        new("TargetUnreachable", ExitCode.TargetUnreachable, @"^(rsync: (\[\w+\] )?failed to connect to .*|ssh: connect to host .*)Connection refused( \(\d+\))?$",
            t => $"{t} does not answer: the machine is there, nothing listens on that port.",
            t => $"Switch on the {(t is SshTarget ? "ssh" : "rsync")} service there, or correct the port."),
        new("TargetUnreachable", ExitCode.TargetUnreachable, @"^(rsync: (\[\w+\] )?failed to connect to |ssh: connect to host |Connection timed out during banner)",
            t => $"{t} does not answer.",
            t => $"Is it on, and on this network? Try: ping -c 3 {HostOf(t)}"),

        // Folders. change_dir without a number is the sender looking for what it is to send.
        new("SourceMissing", ExitCode.Failed, "^rsync: (\\[\\w+\\] )?change_dir \"",
            t => $"The folder to copy from cannot be entered (target: {t}).",
            _ => "See the last line; the disk that holds it may not be mounted.")
        { EvenIfPartial = true },
        new("TargetFolderMissing", ExitCode.Failed, "^rsync: (\\[\\w+\\] )?(mkdir|change_dir#\\d+) \".*failed: No such file or directory \\(2\\)$",
            t => $"The target's folder does not exist: {t}.",
            _ => "It is never made by itself, so that a typo or an unmounted disk grows no tree. Mount it, or make it once by hand, or correct the path.")
        { EvenIfPartial = true },
        new("TargetNotWritable", ExitCode.Refused, "^rsync: (\\[\\w+\\] )?(ERROR: )?(mkdir|change_dir#\\d+|cannot (create|stat)) .*Permission denied \\(13\\)$",
            t => $"The target does not let this user write: {t}.",
            _ => "Give the user there the right to write (for an rsync daemon: 'uid' of the module, and the folder's owner).")
        { EvenIfPartial = true },
    ];

    private readonly Regex _pattern;

    private RsyncFailure(
        string id, ExitCode exitCode, string pattern, Func<BackupTarget, string> message, Func<BackupTarget, string> advice)
    {
        Id = id;
        ExitCode = exitCode;
        Message = message;
        Advice = advice;
        _pattern = new Regex(pattern, RegexOptions.CultureInvariant);
    }

    public string Id { get; }

    public ExitCode ExitCode { get; }

    public Func<BackupTarget, string> Message { get; }

    public Func<BackupTarget, string> Advice { get; }

    /// <summary>Also where rsync itself takes it for a trouble with single files (23).</summary>
    public bool EvenIfPartial { get; private init; }

    /// <summary>The cause that a line tells; null when it tells none that is known.</summary>
    public static RsyncFailure? Find(string line) => Array.Find(Known, failure => failure._pattern.IsMatch(line));

    private static string HostOf(BackupTarget target) => ShellWord.Quote(target switch
    {
        DaemonTarget daemon => daemon.Host,
        SshTarget ssh => ssh.Host,
        _ => "localhost",
    });

    private static string RoomCommand(BackupTarget target) => target switch
    {
        SshTarget ssh => $"{ssh.LoginCommand} df -h",
        LocalTarget local => $"df -h -- {ShellWord.Quote(local.Root)}",
        _ => "df -h (on that machine)",
    };
}
