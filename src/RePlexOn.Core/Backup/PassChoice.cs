using System.Globalization;
using RePlexOn.Files;

namespace RePlexOn.Backup;

/// <summary>Which pass a mirror run makes, and why.</summary>
/// <param name="Pass">The pass.</param>
/// <param name="Reason">Why, for a person.</param>
internal sealed record PassChoice(MirrorPass Pass, string Reason)
{
    // rsync takes several times as long for a path it is given by name as for one it finds by itself.
    private const int FewestPaths = 2000;
    private const int LargestShare = 4;

    /// <summary>Chooses the pass from what is known of the mirror.</summary>
    /// <param name="mirror">What the target says of its mirror.</param>
    /// <param name="index">What is known here of the last good run to this target.</param>
    /// <param name="expected">What the index must say of itself to be of this source, target and selection.</param>
    /// <param name="fullAsked">Whether the user asked for a full pass.</param>
    /// <param name="fullPassEvery">How old the last full pass may be.</param>
    /// <param name="now">The time of this run.</param>
    public static PassChoice Choose(
        MirrorState mirror, FileIndexReadResult index, FileIndexHeader expected,
        bool fullAsked, TimeSpan fullPassEvery, DateTimeOffset now)
    {
        if (mirror.IsEmpty)
        {
            return new(MirrorPass.Full, "the mirror is empty: this is the first backup to it");
        }

        if (mirror.Manifest is not { } manifest)
        {
            return new(MirrorPass.FullByContent, "the mirror has no manifest of RePlexOn");
        }

        if (index.Header is not { } header)
        {
            return new(MirrorPass.FullByContent, $"there is no index of the last run to compare with ({index.Problem})");
        }

        string? foreign =
            header.TargetIdentity != expected.TargetIdentity ? "the index is of another target"
            : header.SourcePath != expected.SourcePath ? "the index is of another source"
            : header.PatternsFingerprint != expected.PatternsFingerprint ? "what is left out has changed since the last run"
            : null;
        if (foreign is not null)
        {
            return new(MirrorPass.FullByContent, foreign);
        }

        // What differs from the state of the run it is based on has changed in the source since, and shows in the index.
        string? lastWhole = manifest.Complete ? manifest.RunId : manifest.BasedOnRunId;
        if (lastWhole != header.RunId)
        {
            return new(MirrorPass.FullByContent, "the mirror was last written by a run that is not the index's");
        }

        if (!manifest.Complete)
        {
            return new(MirrorPass.Full, "the last run did not finish");
        }

        if (header.Incomplete)
        {
            return new(MirrorPass.Full, "the last run could not copy everything");
        }

        if (fullAsked)
        {
            return new(MirrorPass.Full, "a full pass was asked for");
        }

        // A clock set back puts the last full pass in the future; then nothing is known of its age.
        TimeSpan age = now - header.LastFullPassAt;
        if (age >= fullPassEvery || age < TimeSpan.Zero)
        {
            string day = header.LastFullPassAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            return new(MirrorPass.Full, $"the last full pass was at {day}, and one is due every {fullPassEvery.TotalDays:0} days");
        }

        return new(MirrorPass.Delta, "the mirror is as the last run left it");
    }

    /// <summary>Another pass instead, where listing what differs costs more than comparing everything.</summary>
    public PassChoice For(TreeDifference difference, FileTree tree)
    {
        int limit = Math.Max(FewestPaths, tree.Count / LargestShare);
        int listed = difference.Changed.Count + difference.Suspect.Count + difference.Vanished.Count;
        if (difference.Suspect.Count > limit)
        {
            return new(MirrorPass.FullByContent, $"{difference.Suspect.Count} files may have changed within their size and time");
        }

        return Pass == MirrorPass.Delta && listed > limit
            ? new(MirrorPass.Full, $"{listed} of {tree.Count} entries have changed")
            : this;
    }
}
