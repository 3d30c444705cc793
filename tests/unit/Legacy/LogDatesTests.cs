using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Legacy;

namespace RePlexOn.Tests.Legacy;

public sealed class LogDatesTests
{
    private static readonly LogDates Dates = new(TimeZoneInfo.Utc);

    // Printed by `date` of Debian 12 under each locale.
    [Theory]
    [InlineData("en_US", "Tue Mar 24 03:04:05 PM CET 2026")]
    [InlineData("C", "Tue Mar 24 15:04:05 CET 2026")]
    [InlineData("en_GB", "Tue 24 Mar 15:04:05 CET 2026")]
    [InlineData("en_AU", "Tue 24 Mar 2026 15:04:05 CET")]
    [InlineData("en_IN", "Tuesday 24 March 2026 03:04:05 PM CET")]
    [InlineData("de_DE", "Di 24. Mär 15:04:05 CET 2026")]
    [InlineData("de_AT", "Di 24 Mär 2026 15:04:05 CET")]
    [InlineData("fr_FR", "mar. 24 mars 2026 15:04:05 CET")]
    [InlineData("fr_FR of old", "mardi 24 mars 2026, 15:04:05 (UTC+0100)")]
    [InlineData("fr_CA", "mar 24 mar 2026 15:04:05 CET")]
    [InlineData("es_ES", "mar 24 mar 2026 15:04:05 CET")]
    [InlineData("es_US", "mar 24 mar 2026 03:04:05 p.\u00a0m. CET")]
    [InlineData("it_IT", "mar 24 mar 2026, 15:04:05, CET")]
    [InlineData("nl_NL", "di 24 mrt 2026 15:04:05 CET")]
    [InlineData("date -R", "Tue, 24 Mar 2026 15:04:05 +0100")]
    [InlineData("date -Iseconds", "2026-03-24T15:04:05+01:00")]
    [InlineData("date --rfc-3339=seconds", "2026-03-24 15:04:05+01:00")]
    [InlineData("an accent without its letter", "\u0301x Mar 24 15:04:05 CET 2026")]
    [InlineData("a zone of digits", "Tue Mar 24 11:04:05 -03 2026")]
    [InlineData("a zone of digits and minutes", "Tue Mar 24 19:49:05 +0545 2026")]
    public void Should_read_the_dates_of_a_locale(string locale, string text)
    {
        Assert.NotNull(locale);
        Assert.Equal(new DateTimeOffset(2026, 3, 24, 14, 4, 5, TimeSpan.Zero), Dates.Read(text)?.ToUniversalTime());
    }

    [Theory]
    [InlineData("Wed Aug 12 12:30:00 PM CEST 2026", "2026-08-12T12:30:00+02:00")]
    [InlineData("Fri May  1 12:00:09 AM CEST 2026", "2026-05-01T00:00:09+02:00")]
    [InlineData("mer. 12 août 2026 12:30:00 CEST", "2026-08-12T12:30:00+02:00")]
    [InlineData("vr  1 mei 2026  0:00:09 CEST", "2026-05-01T00:00:09+02:00")]
    [InlineData("di  3 feb 2026  3:00:01 CET", "2026-02-03T03:00:01+01:00")]
    [InlineData("ven 1 mag 2026, 00:00:09, CEST", "2026-05-01T00:00:09+02:00")]
    [InlineData("vie 01 may 2026 00:00:09 CEST", "2026-05-01T00:00:09+02:00")]
    [InlineData("mar. 03 févr. 2026 03:00:01 CET", "2026-02-03T03:00:01+01:00")]
    [InlineData("jeu. 13 de\u0301c. 2012 03:00:00 CET", "2012-12-13T03:00:00+01:00")]
    [InlineData("jeu. 13 déc. 2012 03:00:00 CET", "2012-12-13T03:00:00+01:00")]
    [InlineData("lun. 1er juin 2026 03:00:01 CEST", "2026-06-01T03:00:01+02:00")]
    [InlineData("mer. 01 juil. 2026 03:00:01 CEST", "2026-07-01T03:00:01+02:00")]
    public void Should_tell_noon_from_midnight_and_june_from_july(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), Dates.Read(text));

    [Theory]
    [InlineData("America/Chicago", "2026-02-23T03:00:01-06:00")]
    [InlineData("Asia/Shanghai", "2026-02-23T03:00:01+08:00")]
    [InlineData("Europe/Berlin", "2026-02-23T03:00:01-06:00")] // neither of the two: what most people mean
    public void Should_choose_between_zones_of_one_name_by_where_it_is_read(string zone, string expected) =>
        Assert.Equal(
            DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture),
            new LogDates(TimeZoneInfo.FindSystemTimeZoneById(zone)).Read("Mon Feb 23 03:00:01 CST 2026"));

    [Theory]
    [InlineData("EDT", "2026-11-01T01:30:00-04:00")]
    [InlineData("EST", "2026-11-01T01:30:00-05:00")]
    public void Should_tell_the_two_hours_apart_that_the_clock_shows_twice(string name, string expected) =>
        Assert.Equal(
            DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture),
            new LogDates(TimeZoneInfo.FindSystemTimeZoneById("America/New_York")).Read($"Sun Nov  1 01:30:00 AM {name} 2026"));

    [Fact]
    public void Should_take_an_unknown_zone_for_the_one_it_is_read_in_and_say_so()
    {
        var dates = new LogDates(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));

        Assert.Equal(TimeSpan.FromHours(9), dates.Read("Mon Feb 23 03:00:01 QZT 2026")?.Offset);
        Assert.Equal(TimeSpan.FromHours(9), dates.Read("Mon Feb 23 03:00:01 2026")?.Offset);
        Assert.Equal(["QZT"], dates.UnknownZones);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Mon Feb 30 03:00:01 EST 2026")]
    [InlineData("Mon Feb 23 25:00:01 EST 2026")]
    [InlineData("Mon Foo 23 03:00:01 EST 2026")]
    [InlineData("Mon Feb 23 EST 2026")]
    [InlineData("Mon Feb 23 03:00:01 EST")]
    [InlineData("Mon Feb ٢٣ ٠٣:٠٠:٠١ EST ٢٠٢٦")]
    [InlineData("Mon Feb 99999999999999999999 03:00:01 EST 2026")]
    public void Should_not_make_up_a_date(string text) => Assert.Null(Dates.Read(text));

    [Fact]
    public void Should_read_any_text_without_an_exception()
    {
        Gen<string> pieces = Gen.Elements("Mon", "Feb", "23", "2026", "03:00:01", "AM", "EST", "+0100", "99:99:99", "mar", ".", ",", "\0", "é", "-", "9999-99-99")
            .ListOf().Select(words => string.Join(' ', words));
        Prop.ForAll(Arb.From(Gen.OneOf(pieces, ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get))), text =>
        {
            Dates.Read(text);
        }).QuickCheckThrowOnFailure();
    }
}
