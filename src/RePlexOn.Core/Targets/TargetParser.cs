using System.Globalization;
using System.Text.RegularExpressions;

namespace RePlexOn.Targets;

/// <summary>Reads the spellings of a target. Messages repeat nothing in which a password could stand.</summary>
internal static partial class TargetParser
{
    private const string Forms =
        "Write /path, rsync://user@host/module/path, ssh://user@host/path or user@host:/path.";

    public static BackupTarget Parse(string text, TargetOptions options)
    {
        text = text.Trim();
        if (text.Length == 0) throw Invalid("The target is empty.");
        if (text.Any(char.IsControl)) throw Invalid("The target holds a control character such as a line break.");

        if (text[0] == '/' || text == "~" || text.StartsWith("~/", StringComparison.Ordinal)) return Local(text, options);
        if (text.StartsWith("rsync://", StringComparison.OrdinalIgnoreCase)) return DaemonUrl(text["rsync://".Length..], options);
        if (text.StartsWith("ssh://", StringComparison.OrdinalIgnoreCase)) return SshUrl(text["ssh://".Length..], options);
        if (Scheme().Match(text) is { Success: true } other)
            throw Invalid($"'{other.Groups[1].Value}://' is not a kind of target.");
        return HostAndPath(text, options);
    }

    private static LocalTarget Local(string text, TargetOptions options)
    {
        if (text[0] == '~')
            text = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + text[1..];
        var full = Path.GetFullPath(text);
        return new LocalTarget(full.Length > 1 ? full.TrimEnd('/') : full, options);
    }

    private static DaemonTarget DaemonUrl(string text, TargetOptions options)
    {
        var (place, rest) = Cut(text);
        var (user, host, port) = Authority(place, text, decode: true);
        var (module, path) = Cut(rest.TrimStart('/'));
        return Daemon(user, host, port, Decode(module), Decode(path), options);
    }

    private static DaemonTarget Daemon(
        string? user, string host, int? port, string module, string path, TargetOptions options)
    {
        if (module.Length == 0)
            throw Invalid($"The target names no module of the rsync daemon on {host}.", $"Ask it for its modules with: rsync rsync://{host}/");
        return new DaemonTarget(user, host, port ?? DaemonTarget.DefaultPort, RemoteName(module), RemotePath(path), options);
    }

    private static SshTarget SshUrl(string text, TargetOptions options)
    {
        var (place, path) = Cut(text);
        var (user, host, port) = Authority(place, text, decode: true);
        if (path.Length == 0) throw Invalid($"The target names no folder on {host}.");
        return new SshTarget(user, host, port, RemotePath(Decode(path)), options);
    }

    private static BackupTarget HostAndPath(string text, TargetOptions options)
    {
        if (HostColonPath().Match(text) is not { Success: true } match)
        {
            throw MayHoldPassword(text) ? PasswordInTarget()
                : text.Contains('@', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal)
                ? Invalid("The target has no known form.")
                : Invalid($"The target '{text}' is a relative path.", "Write the whole path, from / on.");
        }

        var (user, host, _) = Authority(match.Groups["place"].Value, text, decode: false);
        var rest = match.Groups["rest"].Value;
        if (match.Groups["colons"].Value == "::")
        {
            var (module, path) = Cut(rest);
            return Daemon(user, host, null, module, path, options);
        }

        if (!rest.StartsWith('/'))
        {
            throw MayHoldPassword(text) ? PasswordInTarget()
                : Invalid($"The folder on {host} is not a whole path.", "Write it from / on, such as user@host:/volume1/backup.");
        }

        return new SshTarget(user, host, null, RemotePath(rest), options);
    }

    /// <summary>Reads <c>[user@]host[:port]</c>.</summary>
    private static (string? User, string Host, int? Port) Authority(string place, string whole, bool decode)
    {
        var at = place.LastIndexOf('@');
        var user = at < 0 ? null : place[..at];
        if (user is not null && user.Contains(':', StringComparison.Ordinal)) throw PasswordInTarget();
        if (user is not null && decode) user = Decode(user);
        if (user is not null && !User().IsMatch(user)) throw Invalid("The user's name in the target is empty or holds characters that no name has.");

        var match = HostAndPort().Match(place[(at + 1)..]);
        if (!match.Success)
        {
            // Such as rsync://user:pass/word@host/module: cut at the first slash, the password looks like a port.
            throw MayHoldPassword(whole) ? PasswordInTarget() : Invalid("The host in the target is missing or misspelt.",
                Forms + " An IPv6 address stands in brackets: [::1].");
        }

        int? port = null;
        if (match.Groups["port"] is { Success: true, Value: var digits })
        {
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
                throw MayHoldPassword(whole) ? PasswordInTarget() : Invalid("The port in the target is not a number from 1 to 65535.");
            port = number;
        }

        return (user, match.Groups["v6"].Success ? match.Groups["v6"].Value : match.Groups["host"].Value, port);
    }

    /// <summary>A path on another machine: whole, with no doubled slashes and none at the end.</summary>
    private static string RemotePath(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToList();
        if (parts.Contains("..")) throw Invalid("The path in the target holds '..'.", "Write it without '..'.");
        return "/" + string.Join('/', parts.Select(RemoteName));
    }

    /// <summary>
    /// What is sent is taken as it is, but where something is read the other side reads <c>* ? [ ]</c> as wildcards
    /// and <c>\</c> as their escape, and rsync's versions differ in who unescapes what.
    /// </summary>
    private static string RemoteName(string name) =>
        name.IndexOfAny(['*', '?', '[', ']', '\\']) < 0 && !name.Any(char.IsControl)
            ? name
            : throw Invalid("A folder's name in the target holds one of * ? [ ] \\ or a control character.",
                "rsync cannot be trusted with these in the name of a remote folder: choose another name.");

    private static string Decode(string text)
    {
        if (Percent().IsMatch(text)) throw Invalid("A '%' in the target is not followed by two hexadecimal digits.", "Write a percent sign in a URL as %25.");
        return Uri.UnescapeDataString(text);
    }

    private static (string Before, string From) Cut(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (text, "") : (text[..slash], text[slash..]);
    }

    private static bool MayHoldPassword(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && text.IndexOf('@', colon) >= 0;
    }

    private static RePlexOnException PasswordInTarget() => Invalid(
        "The target holds a password; it would show in process lists and logs.",
        "Leave it out: for an rsync daemon put it alone into a file, chmod 600 that, and name it as the password file; for ssh use a key.");

    private static RePlexOnException Invalid(string message, string advice = Forms) =>
        new("InvalidTarget", ExitCode.Usage, message, advice);

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9+.-]*)://")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^(?<place>(?:[^/:@]*@)?(?:\[[^\]/]*\]|[^/:@\[\]]*))(?<colons>::?)(?<rest>.*)$")]
    private static partial Regex HostColonPath();

    [GeneratedRegex(@"^(?:\[(?<v6>[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9._-]+)?)\]|(?<host>[A-Za-z0-9_][A-Za-z0-9._-]*))(?::(?<port>.*))?$")]
    private static partial Regex HostAndPort();

    [GeneratedRegex(@"^[^\s\p{Cc}:/@\[\]-][^\s\p{Cc}:/@\[\]]*$")]
    private static partial Regex User();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})")]
    private static partial Regex Percent();
}
