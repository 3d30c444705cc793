using RePlexOn.Processes;

namespace RePlexOn.Targets;

/// <summary>Where backups live. It knows how rsync spells places there, and runs nothing itself.</summary>
public abstract class BackupTarget
{
    private protected BackupTarget(TargetOptions options) => Options = options;

    /// <summary>The target as people read it; it never holds a password.</summary>
    public abstract string Display { get; }

    /// <summary>How it is reached.</summary>
    public abstract TargetKind Kind { get; }

    /// <summary>Tells one place from another: kind, host, port, module and path. Not the user: the files are the same.</summary>
    public abstract string Identity { get; }

    /// <summary>The path of the target's own folder on the machine that holds it (for a daemon: within the module).</summary>
    public abstract string Root { get; }

    /// <summary>Arguments that rsync needs to connect.</summary>
    public abstract IReadOnlyList<string> ConnectionArguments { get; }

    /// <summary>Variables that rsync needs to connect without ever asking a person.</summary>
    public virtual IReadOnlyDictionary<string, string> ConnectionEnvironment => new Dictionary<string, string>();

    /// <summary>Where the file system that holds a local target is mounted; null for other targets, or when its folder is missing.</summary>
    public virtual string? MountPoint => null;

    /// <summary>Most KiB a second to send or receive; 0 for no limit.</summary>
    public int BandwidthLimitKiB => Options.BandwidthLimitKiB;

    /// <summary>How long the target may take to give us a connection.</summary>
    public TimeSpan ConnectTimeout => TimeSpan.FromSeconds(Options.ConnectTimeoutSeconds);

    /// <summary>How to connect.</summary>
    private protected TargetOptions Options { get; }

    /// <summary>Reads a target as a person writes it.</summary>
    /// <param name="text">
    /// <c>/path</c>, <c>~/path</c>, <c>rsync://[user@]host[:port]/module[/path]</c>, <c>[user@]host::module[/path]</c>,
    /// <c>ssh://[user@]host[:port]/path</c> or <c>[user@]host:/path</c>. An IPv6 address stands in brackets. In URLs
    /// <c>%20</c> and its like are decoded.
    /// </param>
    /// <param name="options">How to connect.</param>
    /// <exception cref="RePlexOnException"><c>InvalidTarget</c>: it says what is wrong, and repeats no password.</exception>
    public static BackupTarget Parse(string text, TargetOptions options) => TargetParser.Parse(text, options);

    /// <summary>rsync's own spelling of a place below the target's folder.</summary>
    /// <param name="relative">Such as <c>plex-current/</c>; a closing slash is kept.</param>
    public string Location(string relative) => Prefix + PathOf(relative);

    /// <summary>The path of a place below the target's folder, on the machine that holds it (for a daemon: within the module).</summary>
    /// <param name="relative">Such as <c>plex-current</c>.</param>
    public string PathOf(string relative) => Root == "/" ? $"/{relative}" : $"{Root}/{relative}";

    /// <summary>Checks what can be checked on this machine: that secret files are private, that a local folder is there.</summary>
    /// <exception cref="RePlexOnException">
    /// <c>PasswordFileMissing</c>, <c>PasswordFileNotPrivate</c>, <c>PasswordFileEmpty</c>, the same three with
    /// <c>IdentityFile</c>, <c>TargetFolderMissing</c>.
    /// </exception>
    public virtual void CheckLocally()
    {
    }

    /// <summary>
    /// Whether the target's folder is in the given local folder, holds it, or is it, symbolic links followed. A
    /// backup of the one to the other would copy itself. Always false for targets on other machines.
    /// </summary>
    public virtual bool Overlaps(string localFolder) => false;

    /// <summary>
    /// The call that copies one folder of the target to another as hard links, on the machine they lie on; null where
    /// that machine takes no commands. Both are rsync's relative folders without a closing slash; the second must not exist.
    /// </summary>
    internal virtual ProgramCall? CopyAsLinks(string fromRelative, string toRelative) => null;

    /// <inheritdoc/>
    public sealed override string ToString() => Display;

    /// <summary>What stands before the path in rsync's spelling.</summary>
    private protected abstract string Prefix { get; }

    /// <summary><c>user@host</c> or <c>host</c>, an IPv6 address in brackets.</summary>
    private protected static string UserAndHost(string? user, string host)
    {
        var bracketed = host.Contains(':') ? $"[{host}]" : host;
        return user is null ? bracketed : $"{user}@{bracketed}";
    }
}
