using System.Text.RegularExpressions;

namespace RePlexOn.Security.Docker;

/// <summary>Tells by the name of a variable whether its value is a secret.</summary>
internal static partial class SecretName
{
    private static readonly HashSet<string> Secrets = new(StringComparer.OrdinalIgnoreCase)
    {
        "PASSWORD", "PASSWORDS", "PASSWD", "PASS", "PASSPHRASE", "PASSCODE", "SECRET", "SECRETS", "TOKEN", "TOKENS",
        "APIKEY", "APITOKEN", "AUTHKEY", "PRIVATEKEY", "SECRETKEY", "ACCESSKEY", "CREDENTIAL", "CREDENTIALS", "CREDS",
    };

    // Not every key is one: the images of Python carry GPG_KEY, which everybody may know.
    private static readonly HashSet<string> BeforeKey = new(StringComparer.OrdinalIgnoreCase)
    {
        "API", "ACCESS", "SECRET", "PRIVATE", "AUTH", "ENCRYPTION", "SIGNING", "MASTER", "ACCOUNT", "STORAGE", "APP", "JWT", "SSH",
    };

    // MYSQL_ALLOW_EMPTY_PASSWORD and its like are switches.
    private static readonly HashSet<string> Switches = new(StringComparer.OrdinalIgnoreCase)
    {
        "ALLOW", "RANDOM", "REQUIRE", "REQUIRED", "DISABLE", "ENABLE", "NO", "USE",
    };

    public static bool Matches(string name)
    {
        // FILE__X is how the images of linuxserver.io take the path of a file that holds X.
        if (name.StartsWith("FILE__", StringComparison.OrdinalIgnoreCase)) return false;
        string[] words = [.. Boundary().Split(name).Select(word => word.TrimEnd([.. "0123456789"])).Where(word => word.Length > 0)];
        if (words.Any(Switches.Contains)) return false;
        return words switch
        {
            [.., var last] when Secrets.Contains(last) => true,
            [.., var before, var last] when Is(last, "KEY") && BeforeKey.Contains(before) => true,
            [.., var access, var key, var last] when Is(last, "ID") && Is(key, "KEY") && Is(access, "ACCESS") => true,
            [.., var secret, var key, var last] when Is(last, "BASE") && Is(key, "KEY") && Is(secret, "SECRET") => true,
            [_, .., var last] when Is(last, "PWD") => true, // alone it is the working folder
            [.., var plex, var last] when Is(last, "CLAIM") && Is(plex, "PLEX") => true,
            _ => false,
        };
    }

    private static bool Is(string word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Boundary();
}
