namespace RePlexOn.Restore;

/// <summary>What a restore would do to one part.</summary>
/// <param name="Part">The part; <c>Other</c> for what is in none.</param>
/// <param name="FilesFetched">Regular files that would come from the backup.</param>
/// <param name="BytesFetched">Bytes in them.</param>
/// <param name="FilesKeptAside">Regular files there now, which would be kept aside.</param>
/// <param name="BytesKeptAside">Bytes in them.</param>
public sealed record RestorePlanPart(string Part, long FilesFetched, long BytesFetched, long FilesKeptAside, long BytesKeptAside);

/// <summary>What a restore would do.</summary>
/// <param name="Backup">What would be restored, for people.</param>
/// <param name="Target">The target it lies on.</param>
/// <param name="Destination">The folder it would go to.</param>
/// <param name="InPlace">Whether that is the Plex data directory.</param>
/// <param name="BytesFree">Bytes free on its disk; what is kept aside takes no more than it does now.</param>
/// <param name="UsedBy">Processes that work with it, with their numbers; Plex among them must be stopped first.</param>
/// <param name="Parts">Part by part.</param>
public sealed record RestorePlan(
    string Backup, string Target, string Destination, bool InPlace, long BytesFree,
    IReadOnlyList<string> UsedBy, IReadOnlyList<RestorePlanPart> Parts);
