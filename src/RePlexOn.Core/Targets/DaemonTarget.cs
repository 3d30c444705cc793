using System.Globalization;

namespace RePlexOn.Targets;

/// <summary>A module of an rsync daemon, or a folder in one.</summary>
public sealed class DaemonTarget : BackupTarget
{
    /// <summary>The port that rsync daemons listen on unless told otherwise.</summary>
    public const int DefaultPort = 873;

    private readonly string? _user;

    internal DaemonTarget(string? user, string host, int port, string module, string path, TargetOptions options)
        : base(options)
    {
        _user = user;
        Host = host;
        Port = port;
        Module = module;
        Root = path;
    }

    /// <summary>Name or address of the machine.</summary>
    public string Host { get; }

    /// <summary>Port that the daemon listens on.</summary>
    public int Port { get; }

    /// <summary>The module's name.</summary>
    public string Module { get; }

    /// <summary>The file that holds the password; null for none.</summary>
    public string? PasswordFile => Options.PasswordFile;

    /// <summary>What rsync lists the daemon's modules for.</summary>
    internal string ModulesUrl => $"rsync://{UserAndHost(null, Host)}:{Port.ToString(CultureInfo.InvariantCulture)}/";

    /// <summary>rsync's spelling of the module itself.</summary>
    internal string ModuleLocation => Prefix + "/";

    /// <inheritdoc/>
    public override string Root { get; }

    /// <inheritdoc/>
    public override string Display => Prefix + Root.TrimEnd('/');

    /// <inheritdoc/>
    public override TargetKind Kind => TargetKind.Daemon;

    /// <inheritdoc/>
    public override string Identity =>
        $"daemon:{UserAndHost(null, Host.ToLowerInvariant())}:{Port.ToString(CultureInfo.InvariantCulture)}/{Module}{Root.TrimEnd('/')}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ConnectionArguments =>
    [
        "--no-motd",
        // Else the system holds back the small writes with which each connection begins and ends until the far side
        // confirms the one before, which it does 40 ms late.
        "--sockopts=TCP_NODELAY",
        $"--contimeout={Options.ConnectTimeoutSeconds.ToString(CultureInfo.InvariantCulture)}",
        $"--timeout={Options.TimeoutSeconds.ToString(CultureInfo.InvariantCulture)}",
        .. PasswordFile is null ? Array.Empty<string>() : [$"--password-file={PasswordFile}"],
    ];

    /// <summary>
    /// Without a password file rsync would ask on the terminal when the module wants a password; an empty one is
    /// refused instead. One that the user has set himself stays.
    /// </summary>
    public override IReadOnlyDictionary<string, string> ConnectionEnvironment => new Dictionary<string, string>
    {
        ["RSYNC_PASSWORD"] = Environment.GetEnvironmentVariable("RSYNC_PASSWORD") ?? "",
    };

    private protected override string Prefix =>
        $"rsync://{UserAndHost(_user, Host)}:{Port.ToString(CultureInfo.InvariantCulture)}/{Module}";

    /// <inheritdoc/>
    public override void CheckLocally()
    {
        if (PasswordFile is not null) PrivateFile.Check(PasswordFile, "PasswordFile", "password file");
    }
}
