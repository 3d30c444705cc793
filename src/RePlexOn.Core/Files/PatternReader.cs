using System.Text;

namespace RePlexOn.Files;

/// <summary>Reads the text of a pattern, and refuses what rsync would read in another way or never match.</summary>
internal ref struct PatternReader(string text, ReadOnlySpan<byte> body)
{
    /// <summary>Most bytes of a pattern; rsync drops a rule of 4096 or more with no more than a warning.</summary>
    public const int LongestPattern = 1000;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _body = body;
    private int _at;

    /// <summary>The part between an anchor and the slash that asks for a folder.</summary>
    public static ReadOnlySpan<byte> Body(string text, out bool anchored, out bool directoryOnly)
    {
        ReadOnlySpan<byte> body;
        try
        {
            body = StrictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw Bad(text, "holds half of a surrogate pair");
        }
        if (body.Length > LongestPattern)
            throw Bad(text, $"is longer than {LongestPattern} bytes");
        if (body.Contains((byte)0))
            throw Bad(text, "holds a NUL character");
        anchored = body.StartsWith("/"u8);
        if (anchored)
            body = body[1..];
        directoryOnly = body.EndsWith("/"u8);
        if (directoryOnly)
            body = body[..^1];
        if (body.IsEmpty)
            throw Bad(text, "names nothing");
        foreach (var range in body.Split((byte)'/'))
        {
            var part = body[range];
            if (part.IsEmpty || part.SequenceEqual("."u8) || part.SequenceEqual(".."u8))
                throw Bad(text, "has a part that is empty, '.' or '..', and so would never match");
        }
        return body;
    }

    public PatternToken[] Read()
    {
        var tokens = new List<PatternToken>(_body.Length);
        while (_at < _body.Length)
            tokens.Add(Next());
        return [.. tokens];
    }

    private PatternToken Next()
    {
        switch (_body[_at++])
        {
            case (byte)'?':
                return PatternToken.AnyByte;
            case (byte)'*':
                var stars = 1;
                for (; _at < _body.Length && _body[_at] == (byte)'*'; _at++)
                    stars++;
                if (stars > 2)
                    throw Bad(text, "has three stars in a row; two match whole folders too");
                return stars == 2 ? PatternToken.AcrossFolders : PatternToken.Star;
            case (byte)'[':
                return Set();
            case (byte)'\\':
                return PatternToken.Literal(Escaped());
            case var value:
                return PatternToken.Literal(value);
        }
    }

    private PatternToken Set()
    {
        var negated = Peek() is (byte)'!' or (byte)'^';
        if (negated)
            _at++;
        UInt128 set = 0;
        var isFirst = true;
        for (; isFirst || Peek() != (byte)']'; isFirst = false)
        {
            var from = Member();
            var to = from;
            if (Peek() == (byte)'-' && _at + 1 < _body.Length && _body[_at + 1] != (byte)']')
            {
                _at++;
                to = Member();
            }
            if (to < from)
                throw Bad(text, $"has a range that runs backwards, {(char)from}-{(char)to}");
            for (var member = from; member <= to; member++)
                set |= UInt128.One << member;
        }
        _at++;
        // A slash is never matched by a set; a range such as [+-9] may hold it, though.
        set &= ~(UInt128.One << '/');
        if (set == 0)
            throw Bad(text, "has a set that no character is in");
        return new PatternToken(PatternTokenKind.OneOf, Set: set, Negated: negated);
    }

    private int Member()
    {
        var value = Peek();
        _at++;
        if (value == (byte)'\\')
            value = Escaped();
        else if (value == (byte)'[' && Peek() == (byte)':')
            throw Bad(text, "has a named class such as [:digit:]; write the characters out, as in [0-9]");
        if (value == (byte)'/')
            throw Bad(text, "has a slash between brackets, where it never matches");
        if (value >= 128)
            throw Bad(text, "has a letter beyond ASCII between brackets; rsync would match its bytes one by one");
        return value;
    }

    private byte Escaped()
    {
        var value = Peek();
        if (value == (byte)'/')
            throw Bad(text, "has a backslash before a slash");
        _at++;
        return value;
    }

    private readonly byte Peek() => _at < _body.Length
        ? _body[_at]
        : throw Bad(text, "ends inside brackets or after a backslash; put a backslash before a [ or a \\ that stands for itself");

    private static RePlexOnException Bad(string text, string why) => new(
        "BadPattern", ExitCode.Usage,
        $"The exclusion '{text}' {why}.",
        "Correct it in the configuration. A name is matched anywhere, /name at the top only, name/ as a folder only; "
        + "*, ? and [a-z] match within one name, ** across folders.");
}
