using System.Globalization;
using RePlexOn.Processes;

namespace RePlexOn.Targets;

/// <summary>A folder on a machine that ssh reaches.</summary>
public sealed class SshTarget : BackupTarget
{
    private readonly string? _user;
    private readonly int? _port;

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
        ["ssh", .. Words().Select(ShellWord.Quote), ShellWord.Quote(_user is null ? Host : $"{_user}@{Host}")]);

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
            .. SshCommand().Skip(1), "-n", "--", _user is null ? Host : $"{_user}@{Host}",
            // ssh hands these to the login shell over there as one line, so each is quoted whole.
            "cp", "-al", "--", QuoteForShell(PathOf(fromRelative)), QuoteForShell(PathOf(toRelative)),
        ],
    };

    private IEnumerable<string> SshCommand() =>
    [
        "ssh",
        "-o", "BatchMode=yes",
        // A shared connection started here would live on in the background, with our pipes in its hands.
        "-o", "ControlMaster=no",
        "-o", $"ConnectTimeout={Options.ConnectTimeoutSeconds.ToString(CultureInfo.InvariantCulture)}",
        .. Words(),
    ];

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
    private static string SshPath(string path)
    {
        var literal = path.Replace("%", "%%", StringComparison.Ordinal)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{literal}\"";
    }

    /// <summary>Inside of single quotes a POSIX shell changes nothing; a quote itself ends them and is escaped.</summary>
    private static string QuoteForShell(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>rsync(1), --rsh: words are cut at spaces; inside of single quotes a doubled quote stands for one.</summary>
    private static string QuoteForRsync(string word) => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'";
}
