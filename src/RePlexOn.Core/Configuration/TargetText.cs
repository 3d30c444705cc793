using System.Text.RegularExpressions;

namespace RePlexOn.Configuration;

/// <summary>A first look at a target as the user wrote it: enough to refuse a password and a place no backup can go to.</summary>
internal static partial class TargetText
{
    private const string Forms = "Write rsync://user@host/module, ssh://user@host/path, user@host:/path or a folder such as /mnt/nas/plex.";

    /// <summary>What is wrong and what to do; null when nothing is. Never repeats the text: it may hold a password.</summary>
    public static (string Message, string Advice)? Check(string text)
    {
        if (HoldsPassword(text))
        {
            return ("holds a password",
                "Take ':password' out of it, put the password alone into a file that only you can read (chmod 600), and name that file in 'passwordFile'.");
        }

        if (SchemePattern().Match(text) is { Success: true } scheme)
        {
            return scheme.Groups[1].Value.ToUpperInvariant() switch
            {
                "RSYNC" or "SSH" => null,
                "SMB" or "CIFS" or "NFS" or "AFP" =>
                    ("is a network share", "Mount the share first, then give the folder where it is mounted, such as /mnt/nas/plex."),
                _ => ("is of a kind that cannot be written to", Forms),
            };
        }

        if (text.StartsWith('/') || text.StartsWith("~/", StringComparison.Ordinal) || RemotePattern().IsMatch(text))
            return null;
        return ("is neither an absolute path nor a place on another machine", Forms);
    }

    private static bool HoldsPassword(string text) => SchemePattern().Match(text) is { Success: true } scheme
        ? PasswordInUrlPattern().IsMatch(text[scheme.Length..])
        : !text.StartsWith('/') && !text.StartsWith('~') && PasswordBeforeHostPattern().IsMatch(text);

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9+.-]*)://")]
    private static partial Regex SchemePattern();

    // [user@]host:path and [user@]host::module; a single letter before the colon is a Windows drive.
    [GeneratedRegex(@"^([^/:@\\]+@)?([^/:@\\]{2,}|\[[0-9A-Fa-f:.%]+\]):.")]
    private static partial Regex RemotePattern();

    // A colon before an @ in front of the first slash; or, for a password with a slash in it, a port that is no number.
    [GeneratedRegex(@"^[^/]*(:|%3A)[^/]*@|^[^/@\[\]:]*:(?![0-9]*(/|$)).*@", RegexOptions.IgnoreCase)]
    private static partial Regex PasswordInUrlPattern();

    // user:password@host; with a slash in the password, user:pass/word@host:path. Not host::module@x, not host:/path@x.
    [GeneratedRegex("^[^/:@]+:(?![/:])([^/]*@|.*@[^/@]+:)")]
    private static partial Regex PasswordBeforeHostPattern();
}
