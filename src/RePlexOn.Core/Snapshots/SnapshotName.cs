using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RePlexOn.Snapshots;

/// <summary>The name of a snapshot's folder, which is the moment it was begun on the clock of the machine that made it.</summary>
/// <param name="Text"><c>yyyy-MM-dd_HHmmss</c>, or the first RePlexOn's <c>yyyy-MM-dd</c>.</param>
/// <param name="LocalTime">That moment; midnight for a name without a time.</param>
public sealed record SnapshotName(string Text, DateTime LocalTime)
{
    private const string Moment = "yyyy-MM-dd_HHmmss";
    private const string Day = "yyyy-MM-dd";

    /// <summary>Whether it names a day only, as the first RePlexOn did.</summary>
    public bool IsDayOnly => Text.Length == Day.Length;

    /// <summary>The name of a snapshot begun at a moment, by the local clock that its offset stands for.</summary>
    public static SnapshotName At(DateTimeOffset moment)
    {
        DateTime second = new(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Unspecified);
        return new(second.ToString(Moment, CultureInfo.InvariantCulture), second);
    }

    /// <summary>Reads a folder's name. Any other form is not a snapshot, and is none of our business.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SnapshotName? name)
    {
        // The years at both ends of the calendar have no moment in some zones; no Plex server was backed up in them.
        bool isName = DateTime.TryParseExact(text, [Moment, Day], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time)
            && time.Year is >= 1970 and < 9999;
        name = isName ? new(text!, time) : null;
        return isName;
    }

    /// <summary>The moment it stands for.</summary>
    /// <param name="offset">The offset from UTC of the clock it was made by; null where that is not known.</param>
    /// <param name="zone">The zone to take it for then.</param>
    internal DateTimeOffset MomentIn(TimeSpan? offset, TimeZoneInfo zone) => new(LocalTime, offset ?? zone.GetUtcOffset(LocalTime));

    /// <inheritdoc />
    public override string ToString() => Text;
}
