using RePlexOn.Snapshots;

namespace RePlexOn.Tests.Snapshots;

public sealed class SnapshotNameTests
{
    [Fact]
    public void Should_be_the_local_time_to_the_second()
    {
        SnapshotName name = SnapshotName.At(new DateTimeOffset(2026, 10, 25, 2, 30, 59, 999, TimeSpan.FromHours(2)));

        Assert.Equal("2026-10-25_023059", name.Text);
        Assert.True(SnapshotName.TryParse(name.Text, out SnapshotName? read));
        Assert.Equal(name, read);
        Assert.False(read.IsDayOnly);
    }

    [Fact]
    public void Should_read_the_name_of_the_first_system()
    {
        Assert.True(SnapshotName.TryParse("2026-02-23", out SnapshotName? name));
        Assert.Equal(new DateTime(2026, 2, 23), name.LocalTime);
        Assert.True(name.IsDayOnly);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" 2026-02-23")]
    [InlineData("2026-02-23 ")]
    [InlineData("2026-02-23\n")]
    [InlineData("2026-02-23.old")]
    [InlineData("2026-02-30")]
    [InlineData("2026-2-3")]
    [InlineData("2026-02-23_25:00")]
    [InlineData("2026-02-23_240000")]
    [InlineData("2026-02-23_0315")]
    [InlineData("٢٠٢٦-٠٢-٢٣")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31_235959")]
    [InlineData("..")]
    [InlineData("*")]
    [InlineData("2026-02-23/../../plex-current")]
    public void Should_leave_other_names_alone(string? text) => Assert.False(SnapshotName.TryParse(text, out _));
}
