using System.Text;

namespace RePlexOn.Schedules;

/// <summary>
/// The text of a crontab. Lines of ours come in pairs, a mark and the schedule below it; all else stays byte for byte,
/// whatever it is: comments, variables, other people's jobs, strange bytes, a last line without an end.
/// </summary>
internal sealed class CrontabText
{
    // Each byte is a character of its own, so that none is lost on the way.
    private static readonly Encoding Bytes = Encoding.Latin1;

    private readonly string _text;
    private readonly string? _user;
    private readonly List<Pair> _pairs = [];

    /// <param name="bytes">The whole file.</param>
    /// <param name="user">What stands in the user's column; null for a crontab that has none.</param>
    public CrontabText(ReadOnlySpan<byte> bytes, string? user)
        : this(Bytes.GetString(bytes), user)
    {
    }

    private CrontabText(string text, string? user)
    {
        _text = text;
        _user = user;
        for (int start = 0; start < text.Length;)
        {
            int end = EndOfLine(start);
            start = ScheduleMark.Read(Decode(Line(start, end))) is { } mark ? AddPair(mark, start, end) : end;
        }
    }

    /// <summary>The schedules of ours.</summary>
    public IEnumerable<ScheduleEntry> Entries => _pairs.Select(pair => pair.Entry).OfType<ScheduleEntry>();

    /// <summary>The whole file.</summary>
    public byte[] ToBytes() => Bytes.GetBytes(_text);

    /// <summary>All lines that are not ours, without their ends.</summary>
    public IEnumerable<string> OtherLines()
    {
        for (int start = 0; start < _text.Length;)
        {
            if (_pairs.Find(pair => pair.Start == start) is { } own)
            {
                start = own.End;
                continue;
            }

            int end = EndOfLine(start);
            yield return Decode(Line(start, end));
            start = end;
        }
    }

    /// <summary>The text with a schedule in it, in the place of the one for the same job and configuration.</summary>
    public CrontabText With(ScheduleEntry entry)
    {
        if (Find(entry.Job, entry.ConfigurationPath) is { } old)
            return Rewritten(_text[..old.Start] + Lines(entry, old.Mark.ClosesLine) + _text[old.End..]);

        bool isOpen = _text.Length > 0 && _text[^1] != '\n';
        return Rewritten(_text + (isOpen ? "\n" : "") + Lines(entry, isOpen));
    }

    /// <summary>The text without a schedule, as it was before that was added.</summary>
    public CrontabText Without(ScheduleJob job, string configurationPath)
    {
        if (Find(job, configurationPath) is not { } pair) return this;

        string before = _text[..pair.Start], after = _text[pair.End..];
        if (pair.Mark.ClosesLine)
        {
            if (after.Length == 0) before = before[..^1];
            // The next one of ours stands on that line's end now.
            if (_pairs.Find(next => next.Start == pair.End) is { } heir)
                after = Encode($"{heir.Mark with { ClosesLine = true }}\n") + _text[EndOfLine(heir.Start)..];
        }

        return Rewritten(before + after);
    }

    private CrontabText Rewritten(string text) => new(text, _user);

    private Pair? Find(ScheduleJob job, string configurationPath) =>
        _pairs.Find(pair => pair.Mark.Job == job && pair.Mark.ConfigurationPath == configurationPath);

    /// <summary>Adds the pair of a mark; returns where it ends. What below a mark is no schedule is not ours.</summary>
    private int AddPair(ScheduleMark mark, int start, int endOfMark)
    {
        int end = EndOfLine(endOfMark);
        ScheduleEntry? entry = CrontabLine.Read(Decode(Line(endOfMark, end)), _user is not null) is { } line
            ? new ScheduleEntry(mark.Job, line.Expression, line.Command, mark.Since, mark.ConfigurationPath)
            : null;
        if (entry is null) end = endOfMark;
        _pairs.Add(new Pair(mark, entry, start, end));
        return end;
    }

    private string Lines(ScheduleEntry entry, bool closesLine)
    {
        var mark = new ScheduleMark(entry.Job, entry.Since, entry.ConfigurationPath, closesLine);
        string user = _user is null ? "" : $" {_user}";
        return Encode($"{mark}\n{entry.Expression}{user} {entry.Command}\n");
    }

    private int EndOfLine(int start)
    {
        int end = start >= _text.Length ? -1 : _text.IndexOf('\n', start);
        return end < 0 ? _text.Length : end + 1;
    }

    private string Line(int start, int end) => _text[start..end].TrimEnd('\n');

    private static string Encode(string text) => Bytes.GetString(Encoding.UTF8.GetBytes(text));

    private static string Decode(string line) => Encoding.UTF8.GetString(Bytes.GetBytes(line));

    private sealed record Pair(ScheduleMark Mark, ScheduleEntry? Entry, int Start, int End);
}
