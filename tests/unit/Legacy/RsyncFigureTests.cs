using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Legacy;

namespace RePlexOn.Tests.Legacy;

public sealed class RsyncFigureTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("24265611", 24_265_611L)]
    [InlineData("24,265,611", 24_265_611L)]
    [InlineData("24.265.611", 24_265_611L)]
    [InlineData("1.234", 1234L)]
    [InlineData("30.02M", 30_020_000L)]
    [InlineData("30,02M", 30_020_000L)]
    [InlineData("999", 999L)]
    [InlineData("1.20K", 1200L)]
    [InlineData("8.08G", 8_080_000_000L)]
    [InlineData("1.50T", 1_500_000_000_000L)]
    public void Should_read_what_rsync_prints(string text, long expected) => Assert.Equal(expected, RsyncFigure.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("M")]
    [InlineData(".")]
    [InlineData("12x4")]
    [InlineData("99999999999999999999")]
    [InlineData("999999999999999.99P")]
    public void Should_not_make_up_a_number(string text) => Assert.Null(RsyncFigure.Read(text));

    [Fact]
    public void Should_read_every_number_with_the_separators_of_every_locale() =>
        Prop.ForAll<PositiveInt>(number =>
        {
            string plain = number.Get.ToString("N0", CultureInfo.InvariantCulture);
            return RsyncFigure.Read(plain) == number.Get && RsyncFigure.Read(plain.Replace(',', '.')) == number.Get;
        }).QuickCheckThrowOnFailure();
}
