using System.Globalization;
using RePlexOn.Targets;

namespace RePlexOn.Snapshots;

/// <summary>Decides whether a backup makes a snapshot: one for each stretch of days, also where its first day was missed.</summary>
internal sealed class SnapshotRule(TimeProvider time)
{
    private readonly SnapshotCatalog _catalog = new(time);

    /// <summary>Decides, and asks the target where that is needed.</summary>
    /// <param name="wish">What the user asks for.</param>
    /// <param name="occasion">When snapshots are due.</param>
    /// <param name="rsync">The target.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SnapshotDecision> DecideAsync(
        SnapshotWish wish, SnapshotOccasion occasion, RsyncClient rsync, CancellationToken cancellationToken)
    {
        switch (wish)
        {
            case SnapshotWish.Always: return new(IsMade: true, "");
            case SnapshotWish.Never: return new(IsMade: false, "");
        }

        if (SnapshotPeriod.At(occasion, time.GetLocalNow().DateTime) is not { } period) return new(IsMade: false, "");

        try
        {
            return await FindAsync(period, rsync, cancellationToken) is { } there
                ? new(IsMade: false, string.Create(
                    CultureInfo.InvariantCulture, $"The snapshot {there} is of this {Span(occasion)}; the next is due on {period.NextDay}."))
                : new(IsMade: true, $"It was due: there was no whole one since {period.FirstDay}.");
        }
        catch (RePlexOnException trouble)
        {
            // The backup must not fail for it; the snapshot's own run meets the same trouble, and records it.
            return new(IsMade: true, $"It could not be seen whether one was due: {trouble.Message}");
        }
    }

    // Only one that a manifest proves counts: rather one too many than a week without.
    private async Task<string?> FindAsync(SnapshotPeriod period, RsyncClient rsync, CancellationToken cancellationToken)
    {
        List<SnapshotName> names = await SnapshotCatalog.ListNamesAsync(rsync, cancellationToken);
        names.RemoveAll(name => !period.Holds(name));
        return (await _catalog.ReadAsync(rsync, names, cancellationToken)).FirstOrDefault(one => one.State == SnapshotState.Whole)?.Name;
    }

    private static string Span(SnapshotOccasion occasion) => occasion == SnapshotOccasion.Daily ? "day" : "week";
}
