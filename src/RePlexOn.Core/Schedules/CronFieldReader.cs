using System.Globalization;

namespace RePlexOn.Schedules;

/// <summary>Reads one field: a list of numbers, names, ranges and stars, the last two with a step if wanted.</summary>
/// <param name="kind">Which field.</param>
/// <param name="expression">The whole expression, for messages.</param>
internal sealed class CronFieldReader(CronFieldKind kind, string expression)
{
    /// <summary>Reads the field.</summary>
    /// <exception cref="RePlexOnException"><c>CronExpressionInvalid</c>.</exception>
    public CronField Read(string text)
    {
        ulong bits = 0;
        foreach (string part in text.Split(','))
        {
            if (part.Length == 0) throw Wrong("a comma has nothing beside it");
            bits |= ReadPart(part);
        }

        return new CronField(bits, text[0] == '*');
    }

    private ulong ReadPart(string part)
    {
        string[] halves = part.Split('/');
        if (halves.Length > 2) throw Wrong($"'{part}' has more than one slash");
        (int first, int last, bool isRange) = ReadRange(halves[0]);
        int step = halves.Length == 1 ? 1 : ReadStep(halves[1]);
        if (halves.Length == 2 && !isRange) throw Wrong($"'{part}' has a step without a range; write '{halves[0]}-{kind.High}/{halves[1]}'");

        ulong bits = 0;
        for (int value = first; value <= last; value += step) bits |= 1UL << (value == 7 && kind.High == 7 ? 0 : value);
        return bits;
    }

    private (int First, int Last, bool IsRange) ReadRange(string range)
    {
        if (range == "*") return (kind.Low, kind.High == 7 ? 6 : kind.High, true);

        string[] ends = range.Split('-');
        if (ends.Length > 2) throw Wrong($"'{range}' has more than one dash");
        int first = ReadValue(ends[0]);
        if (ends.Length == 1) return (first, first, false);

        int last = ReadValue(ends[1]);
        return first <= last ? (first, last, true) : throw Wrong($"the range '{range}' runs backwards");
    }

    private int ReadValue(string text)
    {
        for (int i = 0; i < kind.Names.Count; i++)
        {
            if (kind.Names[i].Equals(text, StringComparison.OrdinalIgnoreCase)) return kind.Low + i;
        }

        int value = ReadNumber(text) ?? throw Wrong($"'{text}' is not one of {kind.Allowed}");
        return value >= kind.Low && value <= kind.High ? value : throw Wrong($"{text} is not within {kind.Allowed}");
    }

    private int ReadStep(string text) => ReadNumber(text) switch
    {
        null => throw Wrong($"the step '{text}' is not a number"),
        0 => throw Wrong("a step cannot be 0"),
        { } step when step > kind.High => throw Wrong($"the step {text} is larger than {kind.High}"),
        { } step => step,
    };

    private static int? ReadNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private RePlexOnException Wrong(string what) => new(
        "CronExpressionInvalid", ExitCode.Usage, $"The {kind.Name} of '{expression}' is wrong: {what}.",
        $"It takes {kind.Allowed}, * for each, lists (1,3), ranges (1-5) and steps (*/2 or 1-9/2).");
}
