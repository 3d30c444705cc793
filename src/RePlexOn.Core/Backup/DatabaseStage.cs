using RePlexOn.Plex.Databases;

namespace RePlexOn.Backup;

/// <summary>The databases of one run: all of them, and which wait in the staging area to be sent.</summary>
/// <param name="All">Every database as the mirror will hold it.</param>
/// <param name="ToSend">Those whose copy differs from the mirror's; they lie in the staging area.</param>
/// <param name="Stamps">What each looked like on disk just before its capture, by path.</param>
internal sealed record StagedDatabases(
    IReadOnlyList<CapturedDatabase> All,
    IReadOnlyList<CapturedDatabase> ToSend,
    IReadOnlyDictionary<string, string> Stamps);

/// <summary>Takes copies of the databases that changed since the mirror's, one after the other.</summary>
internal sealed class DatabaseStage(TimeProvider time, IProgress<BackupProgress>? progress)
{
    /// <summary>Captures into the staging area what the mirror does not hold yet.</summary>
    /// <param name="databases">The live databases.</param>
    /// <param name="inMirror">
    /// Those in the mirror, by path; empty where the mirror is not known to be as the last run left it.
    /// </param>
    /// <param name="stamps">What each of those looked like just before its capture.</param>
    /// <param name="staged">Where copies go.</param>
    /// <param name="keepCopies">Whether those the mirror holds already shall be copied and kept too.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">A database could not be copied, or its copy did not pass its check.</exception>
    public async Task<StagedDatabases> CaptureAsync(
        IReadOnlyList<PlexDatabaseFile> databases,
        IReadOnlyDictionary<string, CapturedDatabase> inMirror,
        IReadOnlyDictionary<string, string> stamps,
        StagedTree staged, bool keepCopies, CancellationToken cancellationToken)
    {
        var all = new List<CapturedDatabase>();
        var toSend = new List<CapturedDatabase>();
        var newStamps = new Dictionary<string, string>();
        var capture = new DatabaseCapture(time);
        var report = new DirectProgress<DatabaseCaptureProgress>(Report);
        foreach (PlexDatabaseFile database in databases)
        {
            // Taken before the capture: what is written meanwhile then shows up as a change next time.
            string? stamp = DatabaseStamp.Take(database.FullPath, time)?.ToString();
            if (stamp is not null) newStamps[database.RelativePath] = stamp;

            inMirror.TryGetValue(database.RelativePath, out CapturedDatabase? before);
            if (!keepCopies && before is not null && stamp is not null && stamps.GetValueOrDefault(database.RelativePath) == stamp)
            {
                all.Add(before);
                continue;
            }

            string copy = staged.PathFor(database.RelativePath);
            CapturedDatabase captured = await capture.CaptureAsync(database, copy, report, cancellationToken);
            if (captured.Sha256 == before?.Sha256)
            {
                all.Add(before);
                if (keepCopies) File.SetLastWriteTimeUtc(copy, before.CapturedAt.UtcDateTime);
                else File.Delete(copy);
                continue;
            }

            // In WAL mode the source's own time can be older than its newest commit; the moment of capture is what
            // tells two copies apart, here and for whoever copies the NAS onwards.
            File.SetLastWriteTimeUtc(copy, captured.CapturedAt.UtcDateTime);
            all.Add(captured);
            toSend.Add(captured);
        }

        return new(all, toSend, newStamps);
    }

    private void Report(DatabaseCaptureProgress step) => progress?.Report(new(
        BackupPhase.Databases, $"{step.Phase} {Path.GetFileName(step.Path)}",
        step.PagesDone * step.PageSize, step.PagesTotal * step.PageSize));
}
