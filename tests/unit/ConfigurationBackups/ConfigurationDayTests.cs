using FsCheck;
using FsCheck.Fluent;
using RePlexOn.ConfigurationBackups;

namespace RePlexOn.Tests.ConfigurationBackups;

public sealed class ConfigurationDayTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Fact]
    public void Should_keep_so_many_whole_days_and_what_is_newer_than_they_are()
    {
        ConfigurationDay[] days = [Day(0), Day(-1, isWhole: false), Day(-2), Day(-3, isWhole: false), Day(-9), Day(3)];

        Assert.Equal(["2026-11-12", "2026-11-18"], ConfigurationDay.Outdated(days, keep: 2, Today).Select(day => day.Name));
        Assert.Empty(ConfigurationDay.Outdated(days, keep: 4, Today));
    }

    [Fact]
    public void Should_keep_the_newest_whole_days_whatever_there_is() => Prop.ForAll(Days().ToArbitrary(), Gen.Choose(1, 5).ToArbitrary(), (days, keep) =>
    {
        IReadOnlyList<ConfigurationDay> outdated = ConfigurationDay.Outdated(days, keep, Today);

        ConfigurationDay[] left = [.. days.Except(outdated)];
        int whole = days.Count(day => day.Manifest is not null && day.Date <= Today);
        Assert.Equal(Math.Min(keep, whole), left.Count(day => day.Manifest is not null && day.Date <= Today));
        Assert.All(outdated, gone => Assert.True(left.Count(day => day.Manifest is not null && day.Date > gone.Date && day.Date <= Today) >= keep));
        Assert.Empty(ConfigurationDay.Outdated(left, keep, Today));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("2026-11-21", true)]
    [InlineData("2026-11-31", false)]
    [InlineData("2026-11-21_031500", false)]
    [InlineData("notes", false)]
    public void Should_know_the_name_of_a_day(string name, bool isDay) => Assert.Equal(isDay, ConfigurationDay.Parse(name) is not null);

    private static Gen<ConfigurationDay[]> Days() =>
        from offsets in Gen.Choose(-40, 3).ArrayOf()
        from wholes in Gen.Elements(true, false).ArrayOf(44)
        select offsets.Distinct().Select(offset => Day(offset, wholes[offset + 40])).ToArray();

    private static ConfigurationDay Day(int offset, bool isWhole = true) => new(Today.AddDays(offset), isWhole ? Manifest : null);

    private static ConfigurationBackupManifest Manifest { get; } = new()
    {
        RunId = "run", ToolVersion = "0.1.0", Host = "plex", StartedAt = DateTimeOffset.UnixEpoch, Folder = "031500", Files = [],
    };
}
