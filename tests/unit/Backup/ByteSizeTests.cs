namespace RePlexOn.Tests.Backup;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KB")]
    [InlineData(1536, "1.5 KB")]
    [InlineData(102_400, "100 KB")]
    [InlineData(1_048_576, "1.0 MB")]
    [InlineData(long.MaxValue, "8192 PB")]
    [InlineData(-2048, "-2.0 KB")]
    public void Should_choose_the_unit_that_fits(long bytes, string text) => Assert.Equal(text, ByteSize.Format(bytes));
}
