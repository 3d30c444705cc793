using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Reports;

namespace RePlexOn.Tests.Reports;

public sealed class SizeScaleTests
{
    [Theory]
    [InlineData(0, 0, "0 B", "1 B")]
    [InlineData(8L << 30, 8L << 30, "0 GB", "8 GB")]
    [InlineData(1L << 20, 9L << 30, "0.0 GB", "10.0 GB")]
    [InlineData(7L << 30, 8L << 30, "7.00 GB", "8.00 GB")]
    [InlineData(1000, 1010, "1000 B", "1010 B")]
    public void Should_mark_round_sizes(long smallest, long largest, string first, string last)
    {
        SizeScale scale = SizeScale.For(smallest, largest);

        Assert.Equal((first, last), (scale.Label(scale.Marks[0]), scale.Label(scale.Marks[^1])));
    }

    [Fact]
    public void Should_hold_any_sizes_between_few_marks_that_all_read_differently()
    {
        Gen<long> sizes = Gen.Choose(0, 50).SelectMany(power => Gen.Choose(0, 1 << 20).Select(part => (long)(Math.Pow(2, power) * (1 + (part / (double)(1 << 20))))));
        Prop.ForAll(Arb.From(Gen.Two(sizes).Select(pair => (Low: Math.Min(pair.Item1, pair.Item2), High: Math.Max(pair.Item1, pair.Item2)))), range =>
        {
            SizeScale scale = SizeScale.For(range.Low, range.High);
            return scale.Marks.Count is >= 2 and <= 8
                && scale.Height(range.Low) is >= -0.001 and <= 100.001
                && scale.Height(range.High) is >= -0.001 and <= 100.001
                && scale.Marks.Select(scale.Label).Distinct().Count() == scale.Marks.Count;
        }).QuickCheckThrowOnFailure();
    }
}
