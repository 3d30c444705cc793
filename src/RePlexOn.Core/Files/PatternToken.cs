namespace RePlexOn.Files;

/// <summary>One part of a pattern.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Value">The byte of a literal.</param>
/// <param name="Set">The ASCII characters of a set, one bit each.</param>
/// <param name="Negated">Whether the set names the bytes that do not match.</param>
internal readonly record struct PatternToken(PatternTokenKind Kind, byte Value = 0, UInt128 Set = default, bool Negated = false)
{
    private const int ShortestRange = 4;

    public static PatternToken AnyByte => new(PatternTokenKind.AnyByte);

    public static PatternToken Star => new(PatternTokenKind.Star);

    public static PatternToken AcrossFolders => new(PatternTokenKind.AcrossFolders);

    public static PatternToken Literal(byte value) => new(PatternTokenKind.Literal, value);

    public bool IsLiteral(byte value) => Kind == PatternTokenKind.Literal && Value == value;

    /// <summary>Whether a part that stands for one byte matches that byte.</summary>
    public bool Takes(byte value) => Kind switch
    {
        PatternTokenKind.Literal => Value == value,
        PatternTokenKind.AnyByte => value != (byte)'/',
        PatternTokenKind.OneOf => value != (byte)'/' && Holds(value) != Negated,
        _ => false,
    };

    /// <summary>Appends the part as rsync reads it.</summary>
    /// <param name="rendered">Where to append.</param>
    /// <param name="escapes">Whether rsync reads the whole pattern with its escapes.</param>
    public void Render(List<byte> rendered, bool escapes)
    {
        switch (Kind)
        {
            case PatternTokenKind.AnyByte:
                rendered.Add((byte)'?');
                break;
            case PatternTokenKind.Star:
                rendered.Add((byte)'*');
                break;
            case PatternTokenKind.AcrossFolders:
                rendered.AddRange("**"u8);
                break;
            case PatternTokenKind.OneOf:
                RenderSet(rendered);
                break;
            case PatternTokenKind.Literal when Value is (byte)'*' or (byte)'?' or (byte)'[':
                rendered.AddRange([(byte)'[', Value, (byte)']']);
                break;
            default:
                if (escapes && Value == (byte)'\\')
                    rendered.Add(Value);
                rendered.Add(Value);
                break;
        }
    }

    private bool Holds(int value) => value < 128 && (Set >> value & 1) != 0;

    private void RenderSet(List<byte> rendered)
    {
        rendered.Add((byte)'[');
        if (Negated)
            rendered.Add((byte)'^');
        for (var first = 1; first < 128; first++)
        {
            if (!Holds(first))
                continue;
            var last = first;
            while (Holds(last + 1))
                last++;
            if (last - first + 1 < ShortestRange)
                last = first;
            RenderMember(rendered, (byte)first);
            if (last == first)
                continue;
            rendered.Add((byte)'-');
            RenderMember(rendered, (byte)last);
            first = last;
        }
        rendered.Add((byte)']');
    }

    private static void RenderMember(List<byte> rendered, byte value)
    {
        if (!char.IsAsciiLetterOrDigit((char)value))
            rendered.Add((byte)'\\');
        rendered.Add(value);
    }
}
