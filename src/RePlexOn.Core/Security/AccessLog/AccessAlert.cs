using System.Globalization;
using RePlexOn.Alerts;

namespace RePlexOn.Security.AccessLog;

/// <summary>What is told of an address that has become suspicious.</summary>
internal static class AccessAlert
{
    /// <summary>The alert.</summary>
    /// <param name="access">The address.</param>
    /// <param name="now">When it was found out.</param>
    /// <param name="repeatAfter">After how long it may be told of again.</param>
    public static Alert Of(SuspiciousAccess access, DateTimeOffset now, TimeSpan repeatAfter) => new()
    {
        Kind = AlertKind.Security,
        Topic = "Access",
        Trouble = access.Address,
        RepeatAfter = repeatAfter,
        Title = $"Suspicious requests from {access.Address}",
        Text = string.Create(CultureInfo.InvariantCulture,
            $"{access.Address} did what no client of Plex does ({string.Join(", ", access.Reasons)}), in {access.Requests} requests from {access.FirstSeen:yyyy-MM-dd HH:mm:ss} to {access.LastSeen:HH:mm:ss}."),
        Advice = access.Advice,
        Lines = access.Examples,
        LinesTitle = "Some of what it asked for",
        At = now,
    };
}
