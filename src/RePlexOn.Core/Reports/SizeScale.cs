using System.Globalization;

namespace RePlexOn.Reports;

/// <summary>A scale of sizes with marks at round numbers.</summary>
internal sealed class SizeScale
{
    private const double Steps = 4;
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB"];

    private readonly double _unit;
    private readonly string _name;
    private readonly string _format;

    private SizeScale(long low, long high, long step, int unit)
    {
        Low = low;
        _unit = Math.Pow(1024, unit);
        _name = Units[unit];
        double inUnits = step / _unit;
        int decimals = Enumerable.Range(0, 6).First(digits => digits == 5 || Math.Abs(Math.Round(inUnits, digits) - inUnits) < inUnits / 100);
        _format = decimals == 0 ? "0" : "0." + new string('0', decimals);
        var marks = new List<long>();
        for (long mark = low; mark <= high + (step / 2); mark += step) marks.Add(mark);
        Marks = marks;
    }

    /// <summary>Where it begins.</summary>
    public long Low { get; }

    /// <summary>The sizes that are marked, in order; they lie evenly, from one end of the scale to the other.</summary>
    public IReadOnlyList<long> Marks { get; }

    /// <summary>A scale that holds all from the smallest size to the largest. It begins at zero, unless they are close to each other.</summary>
    public static SizeScale For(long smallest, long largest)
    {
        double low = smallest < largest * 0.7 || smallest == largest ? 0 : smallest, high = Math.Max(largest, 1);
        int unit = Math.Min(Units.Length - 1, (int)Math.Log(high, 1024));
        double factor = Math.Pow(1024, unit);
        double step = Math.Max(1, Round((high - low) / factor / Steps) * factor);
        double from = Math.Floor(low / step) * step, to = Math.Ceiling(high / step) * step;
        return new SizeScale((long)from, (long)Math.Max(to, from + step), (long)step, unit);
    }

    /// <summary>How far down from the top of a drawing 100 high a size lies.</summary>
    public double Height(long bytes) => 100 - ((bytes - Low) * 100.0 / Math.Max(1, Marks[^1] - Low));

    /// <summary>A marked size in words, each with as many decimals as the scale needs.</summary>
    public string Label(long mark) => $"{(mark / _unit).ToString(_format, CultureInfo.InvariantCulture)} {_name}";

    // The next larger of 1, 2, 2.5, 5 and their tenfolds.
    private static double Round(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return new[] { 1, 2, 2.5, 5, 10 }.First(factor => factor * power >= step * 0.999) * power;
    }
}
