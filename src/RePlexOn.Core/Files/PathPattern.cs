using System.Text;

namespace RePlexOn.Files;

/// <summary>
/// One pattern, read once and then matched against bytes as rsync does it: <c>?</c> is one byte, <c>*</c> any bytes but
/// <c>/</c>, <c>**</c> any bytes.
/// </summary>
internal sealed class PathPattern
{
    private enum Scope
    {
        /// <summary>The last part of the path.</summary>
        Name,

        /// <summary>As many parts at the end as the pattern has.</summary>
        Tail,

        /// <summary>The whole path, with a slash before it.</summary>
        Whole,
    }

    private readonly PatternToken[] _tokens;
    private readonly byte[]? _literal;
    private readonly Scope _scope;
    private readonly int _slashes;
    private readonly bool _anchored;
    private readonly bool _directoryOnly;

    private PathPattern(PatternToken[] tokens, bool anchored, bool directoryOnly)
    {
        _anchored = anchored;
        _directoryOnly = directoryOnly;
        _slashes = tokens.Count(token => token.IsLiteral((byte)'/'));
        var acrossFolders = tokens.Any(token => token.Kind == PatternTokenKind.AcrossFolders);
        var floats = acrossFolders && !anchored && tokens[0].Kind != PatternTokenKind.AcrossFolders;
        // Without an anchor, "a/**" matches from any part on, which is what "**/a/**" says outright; both sides are given that.
        if (floats)
            tokens = [PatternToken.AcrossFolders, PatternToken.Literal((byte)'/'), .. tokens];
        RsyncPattern = (anchored ? "/" : "") + Render(tokens) + (directoryOnly ? "/" : "");

        _scope = anchored || acrossFolders ? Scope.Whole : _slashes > 0 ? Scope.Tail : Scope.Name;
        _tokens = anchored ? [PatternToken.Literal((byte)'/'), .. tokens] : tokens;
        if (tokens.All(token => token.Kind == PatternTokenKind.Literal))
            _literal = [(byte)'/', .. tokens.Select(token => token.Value)];
    }

    /// <summary>The pattern as rsync must be given it.</summary>
    public string RsyncPattern { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="RePlexOnException">It cannot be understood (<c>BadPattern</c>).</exception>
    public static PathPattern Parse(string text)
    {
        var body = PatternReader.Body(text, out var anchored, out var directoryOnly);
        return new PathPattern(new PatternReader(text, body).Read(), anchored, directoryOnly);
    }

    /// <summary>Whether the pattern matches an entry.</summary>
    /// <param name="path">Path below the root, with a slash before it.</param>
    /// <param name="isDirectory">Whether the entry is a folder.</param>
    public bool Matches(ReadOnlySpan<byte> path, bool isDirectory)
    {
        if (_directoryOnly && !isDirectory)
            return false;
        if (_literal is not null)
            return _anchored ? path.SequenceEqual(_literal) : path.EndsWith(_literal);
        if (_tokens[^1].Kind == PatternTokenKind.Literal && path[^1] != _tokens[^1].Value)
            return false;
        switch (_scope)
        {
            case Scope.Whole:
                return MatchesAll(path);
            case Scope.Name:
                return MatchesAll(path[(path.LastIndexOf((byte)'/') + 1)..]);
            default:
                var start = path.Length;
                for (var parts = 0; parts <= _slashes; parts++)
                {
                    if (start <= 0)
                        return false;
                    start = path[..start].LastIndexOf((byte)'/');
                }
                return MatchesAll(path[(start + 1)..]);
        }
    }

    /// <summary>
    /// Matches from end to end. Only the last star of each kind need be tried again: a later start of an earlier one
    /// leaves a later one nothing that it could not have taken itself.
    /// </summary>
    private bool MatchesAll(ReadOnlySpan<byte> text)
    {
        int at = 0, token = 0;
        int starToken = -1, starAt = 0, acrossToken = -1, acrossAt = 0;
        while (at < text.Length)
        {
            if (token < _tokens.Length && _tokens[token].Kind == PatternTokenKind.Star)
            {
                starToken = ++token;
                starAt = at;
            }
            else if (token < _tokens.Length && _tokens[token].Kind == PatternTokenKind.AcrossFolders)
            {
                acrossToken = ++token;
                acrossAt = at;
                starToken = -1;
            }
            else if (token < _tokens.Length && _tokens[token].Takes(text[at]))
            {
                at++;
                token++;
            }
            else if (starToken >= 0 && text[starAt] != (byte)'/')
            {
                at = ++starAt;
                token = starToken;
            }
            else if (acrossToken >= 0)
            {
                at = ++acrossAt;
                token = acrossToken;
                starToken = -1;
            }
            else
                return false;
        }
        while (token < _tokens.Length && _tokens[token].Kind is PatternTokenKind.Star or PatternTokenKind.AcrossFolders)
            token++;
        return token == _tokens.Length;
    }

    private static string Render(PatternToken[] tokens)
    {
        // rsync takes a pattern literally, backslashes too, unless one of these three is anywhere in it. And it takes two
        // stars for "**" even where the first is escaped, so a literal star is written as a class of its own.
        var hasWildcard = tokens.Any(token =>
            token.Kind != PatternTokenKind.Literal || token.Value is (byte)'*' or (byte)'?' or (byte)'[');
        var rendered = new List<byte>(tokens.Length * 2);
        foreach (var token in tokens)
            token.Render(rendered, hasWildcard);
        return Encoding.UTF8.GetString([.. rendered]);
    }
}
