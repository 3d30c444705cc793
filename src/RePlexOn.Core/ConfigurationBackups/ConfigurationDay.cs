using System.Globalization;
using RePlexOn.Backup;

namespace RePlexOn.ConfigurationBackups;

/// <summary>A day below <c>config-backups/</c> on a target.</summary>
/// <param name="Date">The day.</param>
/// <param name="Manifest">What its manifest says; null where it has none: unfinished, or the first RePlexOn's.</param>
internal sealed record ConfigurationDay(DateOnly Date, ConfigurationBackupManifest? Manifest)
{
    private const string Format = "yyyy-MM-dd";

    /// <summary>Its name, such as <c>2026-11-21</c>.</summary>
    public string Name => NameOf(Date);

    /// <summary>Its folder below the root of the target.</summary>
    public string Folder => TargetLayout.ConfigurationBackups + Name;

    /// <summary>The name of a day.</summary>
    public static string NameOf(DateOnly date) => date.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads a name; null where it is none of a day.</summary>
    public static DateOnly? Parse(string name) =>
        DateOnly.TryParseExact(name, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;

    /// <summary>The days that are older than the newest so many whole ones.</summary>
    /// <param name="days">All days.</param>
    /// <param name="keep">How many whole ones stay; one or more.</param>
    /// <param name="today">Those dated later stay, and take no other one's place.</param>
    /// <returns>The oldest first.</returns>
    public static IReadOnlyList<ConfigurationDay> Outdated(IReadOnlyList<ConfigurationDay> days, int keep, DateOnly today)
    {
        ConfigurationDay[] kept =
            [.. days.Where(day => day.Manifest is not null && day.Date <= today).OrderByDescending(day => day.Date).Take(keep)];
        return kept.Length < keep ? [] : [.. days.Where(day => day.Date < kept[^1].Date).OrderBy(day => day.Date)];
    }
}
