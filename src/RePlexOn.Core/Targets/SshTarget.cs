using System.Globalization;
using RePlexOn.Processes;

namespace RePlexOn.Targets;

/// <summary>A folder on a machine that ssh reaches.</summary>
public sealed class SshTarget : BackupTarget
{
    private readonly string? _user;
    private readonly int? _port;
    private string? _socketFolder;

    internal SshTarget(string? user, string host, int? port, string path, TargetOptions options) : base(options)
    {
        _user = user;
        _port = port ?? options.SshPort;
        Host = host;
        Root = path;
    }

    /// <summary>Name or address of the machine, or a <c>Host</c> of the user's ssh configuration.</summary>
    public string Host { get; }

    /// <inheritdoc/>
    public override string Root { get; }

    /// <inheritdoc/>
    public override string Display => _port is null
        ? Prefix + Root
        : $"ssh://{UserAndHost(_user, Host)}:{_port.Value.ToString(CultureInfo.InvariantCulture)}{Root}";

    /// <inheritdoc/>
    public override TargetKind Kind => TargetKind.Ssh;

    /// <inheritdoc/>
    public override string Identity =>
        $"ssh:{UserAndHost(null, Host.ToLowerInvariant())}:{(_port ?? 22).ToString(CultureInfo.InvariantCulture)}{Root}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ConnectionArguments =>
    [
        $"--timeout={Options.TimeoutSeconds.ToString(CultureInfo.InvariantCulture)}",
        // One argument that rsync cuts into words itself, at spaces outside of quotes.
        $"--rsh={string.Join(' ', SshCommand().Select(QuoteForRsync))}",
    ];

    private protected override string Prefix => $"{UserAndHost(_user, Host)}:";

    /// <summary>The ssh command a person types to log in, for advice.</summary>
    internal string LoginCommand => string.Join(' ',
        ["ssh", .. Words().Select(ShellWord.Quote), ShellWord.Quote(Login)]);

    /// <summary>The command that adds the machine's key to the known hosts, for advice.</summary>
    internal string KeyScanCommand
    {
        get
        {
            var port = _port is null ? "" : $"-p {_port.Value.ToString(CultureInfo.InvariantCulture)} ";
            var file = Options.KnownHostsFile is { } known ? ShellWord.Quote(known) : "~/.ssh/known_hosts";
            return $"ssh-keyscan -H {port}{ShellWord.Quote(Host)} >> {file}";
        }
    }

    /// <summary>The command that forgets the machine's old key, for advice.</summary>
    internal string ForgetKeyCommand
    {
        get
        {
            var name = _port is null or 22 ? Host : $"[{Host}]:{_port.Value.ToString(CultureInfo.InvariantCulture)}";
            var file = Options.KnownHostsFile is { } known ? $"-f {ShellWord.Quote(known)} " : "";
            return $"ssh-keygen {file}-R {ShellWord.Quote(name)}";
        }
    }

    /// <inheritdoc/>
    public override void CheckLocally()
    {
        if (Options.IdentityFile is not null) PrivateFile.Check(Options.IdentityFile, "IdentityFile", "ssh key");
    }

    /// <inheritdoc/>
    internal override ProgramCall CopyAsLinks(string fromRelative, string toRelative) => new()
    {
        Program = "ssh",
        Arguments =
        [
            .. SshCommand().Skip(1), "-n", "--", Login,
            // ssh hands these to the login shell over there as one line, so each is quoted whole.
            "cp", "-al", "--", QuoteForShell(PathOf(fromRelative)), QuoteForShell(PathOf(toRelative)),
        ],
    };

    /// <summary>The call that prints the settings by which ssh would connect, the user's among them.</summary>
    internal ProgramCall ShowSettings => new() { Program = "ssh", Arguments = ["-G", .. SshCommand().Skip(1), "--", Login] };

    /// <summary>The call that ends the master behind a socket, and with it the connection.</summary>
    /// <param name="socket">The socket's path.</param>
    internal static ProgramCall EndMaster(string socket) => new()
    {
        Program = "ssh",
        // It wants a name of a machine, and uses none.
        Arguments = ["-F", "none", "-o", $"ControlPath={SshPath(socket)}", "-O", "exit", "--", "master"],
    };

    /// <summary>The same target, whose commands share one connection.</summary>
    /// <param name="socketFolder">A private folder for the sockets of masters.</param>
    internal SshTarget SharedIn(string socketFolder) => new(_user, Host, _port, Root, Options) { _socketFolder = socketFolder };

    private string Login => _user is null ? Host : $"{_user}@{Host}";

    private IEnumerable<string> SshCommand() =>
    [
        "ssh",
        "-o", "BatchMode=yes",
        .. Sharing().SelectMany(setting => new[] { "-o", setting }),
        "-o", $"ConnectTimeout={Options.ConnectTimeoutSeconds.ToString(CultureInfo.InvariantCulture)}",
        .. Words(),
    ];

    private IEnumerable<string> Sharing()
    {
        // The user's own settings may ask for a master, which would outlive the work.
        if (_socketFolder is null) return ["ControlMaster=no"];

        return
        [
            "ControlMaster=auto",
            // %C differs for each machine, port and user.
            $"ControlPath={SshPath(_socketFolder, "/%C")}",
            FormattableString.Invariant($"ControlPersist={SshConnection.IdleSeconds}"),
            // What a master would do for all who share it, and what would keep it from running commands.
            "ClearAllForwardings=yes", "ForkAfterAuthentication=no", "RemoteCommand=none", "RequestTTY=no", "SessionType=default", "StdinNull=no",
        ];
    }

    private IEnumerable<string> Words()
    {
        if (_port is not null) yield return $"-p{_port.Value.ToString(CultureInfo.InvariantCulture)}";
        if (Options.IdentityFile is not null)
        {
            yield return "-oIdentitiesOnly=yes";
            yield return $"-oIdentityFile={SshPath(Options.IdentityFile)}";
        }

        if (Options.KnownHostsFile is not null) yield return $"-oUserKnownHostsFile={SshPath(Options.KnownHostsFile)}";
    }

    /// <summary>ssh takes these values as quoted words in which <c>%</c> starts a token (ssh_config(5)).</summary>
    private static string SshPath(string path, string tokens = "")
    {
        var literal = path.Replace("%", "%%", StringComparison.Ordinal)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{literal}{tokens}\"";
    }

    /// <summary>Inside of single quotes a POSIX shell changes nothing; a quote itself ends them and is escaped.</summary>
    private static string QuoteForShell(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>rsync(1), --rsh: words are cut at spaces; inside of single quotes a doubled quote stands for one.</summary>
    private static string QuoteForRsync(string word) => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'";
}
