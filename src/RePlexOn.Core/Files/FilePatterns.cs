using System.Security.Cryptography;
using System.Text;

namespace RePlexOn.Files;

/// <summary>
/// What a backup leaves out, in a part of rsync's filter syntax. The scan and rsync are given the same rules, and leave out
/// the same entries.
/// <list type="bullet">
/// <item><c>name</c> matches a file or folder of that name anywhere; <c>folder/name</c> the end of a path.</item>
/// <item><c>/name</c> matches at the root only; <c>name/</c> matches folders only. What is beneath a folder goes with it.</item>
/// <item><c>*</c> matches any bytes but a slash, <c>**</c> any bytes, <c>?</c> one byte (a letter beyond ASCII is several),
/// <c>[a-z]</c> and <c>[^a-z]</c> one character.</item>
/// <item><c>\</c> makes the next character stand for itself, always (rsync does so only beside a wildcard;
/// <see cref="RsyncArguments"/> sees to that).</item>
/// </list>
/// </summary>
public sealed class FilePatterns
{
    private readonly PathPattern[] _patterns;

    private FilePatterns(PathPattern[] excluded, PathPattern[] hidden)
    {
        _patterns = [.. excluded, .. hidden];
        RsyncArguments =
        [
            .. excluded.Select(pattern => "--filter=- " + pattern.RsyncPattern),
            .. hidden.Select(pattern => "--filter=H " + pattern.RsyncPattern),
        ];
        var rules = Encoding.UTF8.GetBytes(string.Join('\0', RsyncArguments));
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(rules));
    }

    /// <summary>Leaves nothing out.</summary>
    public static FilePatterns None => Parse([], []);

    /// <summary>The rules as arguments of rsync, one each; no quoting is needed where no shell is between.</summary>
    public IReadOnlyList<string> RsyncArguments { get; }

    /// <summary>SHA-256 of the rules in their order: an index made under other rules says nothing of these.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads the rules.</summary>
    /// <param name="excluded">Left out of the copy; what the target has of it stays there (rsync's <c>-</c>).</param>
    /// <param name="hidden">Left out of the copy; a pass that deletes removes it from the target (rsync's <c>H</c>).</param>
    /// <exception cref="RePlexOnException">A pattern cannot be understood (<c>BadPattern</c>).</exception>
    public static FilePatterns Parse(IReadOnlyList<string> excluded, IReadOnlyList<string> hidden) =>
        new([.. excluded.Select(PathPattern.Parse)], [.. hidden.Select(PathPattern.Parse)]);

    /// <summary>A pattern that matches just this name or path, whatever characters it holds.</summary>
    public static string Escape(string literalName)
    {
        var escaped = new StringBuilder(literalName.Length);
        foreach (var character in literalName)
        {
            if (character is '\\' or '*' or '?' or '[')
                escaped.Append('\\');
            escaped.Append(character);
        }
        return escaped.ToString();
    }

    /// <summary>Whether an entry is left out, for itself or with a folder above it. The root never is.</summary>
    /// <param name="path">Path below the root.</param>
    /// <param name="isDirectory">Whether the entry is a folder, not followed where it is a link.</param>
    public bool Excludes(ReadOnlySpan<byte> path, bool isDirectory)
    {
        var slashed = new byte[path.Length + 1];
        slashed[0] = (byte)'/';
        path.CopyTo(slashed.AsSpan(1));
        for (var i = 1; i < slashed.Length; i++)
            if (slashed[i] == (byte)'/' && ExcludesEntry(slashed.AsSpan(0, i), isDirectory: true))
                return true;
        return path.Length > 0 && ExcludesEntry(slashed, isDirectory);
    }

    /// <summary>Whether an entry is left out for itself; the path has a slash before it.</summary>
    internal bool ExcludesEntry(ReadOnlySpan<byte> slashedPath, bool isDirectory)
    {
        foreach (var pattern in _patterns)
            if (pattern.Matches(slashedPath, isDirectory))
                return true;
        return false;
    }
}
