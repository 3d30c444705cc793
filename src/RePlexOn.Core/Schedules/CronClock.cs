namespace RePlexOn.Schedules;

/// <summary>
/// Finds when an expression is due by the clock of a zone, over changes of that clock, as Debian's cron does it: see
/// "daylight saving" in cron(8), and the main loop of cron.c.
/// </summary>
/// <param name="expression">The expression.</param>
/// <param name="zone">The zone of the clock.</param>
/// <param name="makesUp">Whether what a clock put forward leaves out is made up for: cron does, a systemd timer does not.</param>
internal sealed class CronClock(CronExpression expression, TimeZoneInfo zone, bool makesUp = true)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // cron takes a larger change for a correction of the clock, and makes up for nothing.
    private static readonly TimeSpan LargestChange = TimeSpan.FromHours(3);

    // A 29 February on one day of the week is at most 40 years away.
    private const int YearsToSearch = 41;

    /// <inheritdoc cref="CronExpression.Next(DateTimeOffset, TimeZoneInfo)"/>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        DateTime start = WholeMinute(after) + Minute;
        DateTime limit = start.AddYears(YearsToSearch);
        while (start < limit)
        {
            DateTime end = start.AddDays(1);
            if (Offset(end) != Offset(start)) end = ChangeBetween(start, end);
            if (FirstWithin(start, end) is { } due) return InZone(due);
            start = end;
        }

        return null;
    }

    /// <inheritdoc cref="CronExpression.Previous(DateTimeOffset, TimeZoneInfo)"/>
    public DateTimeOffset? Previous(DateTimeOffset until)
    {
        DateTime end = WholeMinute(until) + Minute;
        DateTime limit = end.AddYears(-YearsToSearch);
        while (end > limit)
        {
            DateTime start = end.AddDays(-1);
            if (Offset(start) != Offset(end - Minute)) start = ChangeBetween(start, end - Minute);
            if (LastWithin(start, end) is { } due) return InZone(due);
            end = start;
        }

        return null;
    }

    // Both take a stretch of UTC, its end left out, within which the offset does not change.
    private DateTime? FirstWithin(DateTime start, DateTime end)
    {
        if (IsDueLate(start)) return start;
        TimeSpan offset = Offset(start);
        return FirstOnClock(FirstNew(start), end + offset) - offset;
    }

    private DateTime? LastWithin(DateTime start, DateTime end)
    {
        TimeSpan offset = Offset(start);
        if (LastOnClock(FirstNew(start), end + offset) is { } due) return due - offset;
        return IsDueLate(start) ? start : null;
    }

    /// <summary>Whether the clock was put forward to this moment, over a time at which it was due.</summary>
    private bool IsDueLate(DateTime moment)
    {
        TimeSpan before = Offset(moment - Minute), now = Offset(moment);
        return makesUp && !expression.FollowsClock && now > before && now - before < LargestChange
            && FirstOnClock(moment + before, moment + now) is not null;
    }

    /// <summary>What the clock shows at a moment; where it was put back, what it had shown before at the latest.</summary>
    private DateTime FirstNew(DateTime moment)
    {
        TimeSpan earlier = Offset(moment - LargestChange), now = Offset(moment);
        DateTime shown = moment + now;
        if (expression.FollowsClock || earlier <= now || earlier - now >= LargestChange) return shown;
        DateTime shownBefore = ChangeBetween(moment - LargestChange, moment) + earlier;
        return shownBefore > shown ? shownBefore : shown;
    }

    private DateTime? FirstOnClock(DateTime from, DateTime before)
    {
        for (DateTime day = from.Date; day < before; day = day.AddDays(1))
        {
            if (!expression.IsOn(day)) continue;
            for (int? hour = expression.Hour.AtOrAfter(day < from ? from.Hour : 0); hour is { } h; hour = expression.Hour.AtOrAfter(h + 1))
            {
                DateTime begun = day.AddHours(h);
                if (expression.Minute.AtOrAfter(begun < from ? from.Minute : 0) is not { } minute) continue;
                DateTime due = begun.AddMinutes(minute);
                return due < before ? due : null;
            }
        }

        return null;
    }

    private DateTime? LastOnClock(DateTime from, DateTime before)
    {
        DateTime last = before - Minute;
        for (DateTime day = last.Date; day >= from.Date; day = day.AddDays(-1))
        {
            if (!expression.IsOn(day)) continue;
            for (int? hour = expression.Hour.AtOrBefore(day == last.Date ? last.Hour : 23); hour is { } h; hour = h == 0 ? null : expression.Hour.AtOrBefore(h - 1))
            {
                DateTime begun = day.AddHours(h);
                if (expression.Minute.AtOrBefore(begun.AddHours(1) > last ? last.Minute : 59) is not { } minute) continue;
                DateTime due = begun.AddMinutes(minute);
                return due >= from ? due : null;
            }
        }

        return null;
    }

    /// <summary>The first minute of the later one of two offsets.</summary>
    private DateTime ChangeBetween(DateTime early, DateTime late)
    {
        TimeSpan before = Offset(early);
        while (late - early > Minute)
        {
            DateTime middle = early.AddMinutes((int)((late - early).TotalMinutes / 2));
            if (Offset(middle) == before)
            {
                early = middle;
            }
            else
            {
                late = middle;
            }
        }

        return late;
    }

    private TimeSpan Offset(DateTime utc) => zone.GetUtcOffset(utc);

    private DateTimeOffset InZone(DateTime utc) => TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), zone);

    private static DateTime WholeMinute(DateTimeOffset moment)
    {
        DateTime utc = moment.UtcDateTime;
        return new DateTime(utc.Ticks - utc.Ticks % TimeSpan.TicksPerMinute, DateTimeKind.Utc);
    }
}
