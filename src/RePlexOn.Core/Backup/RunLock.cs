using System.Globalization;
using RePlexOn.Files;
using RePlexOn.History;

namespace RePlexOn.Backup;

/// <summary>
/// Keeps a state directory to one run at a time. The kernel holds it (<c>flock</c> on <c>run.lock</c>), so a run that
/// is killed leaves none; the programs that a run starts inherit it, so it lasts until the last of them has ended too.
/// </summary>
/// <remarks>The file is never deleted: two runs could then each hold a lock on a file of that name.</remarks>
public sealed class RunLock : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly FileLock _file;

    private RunLock(FileLock file) => _file = file;

    /// <summary>Takes the lock, and ends what a killed run has left behind.</summary>
    /// <param name="stateDirectory">It is made where it is missing.</param>
    /// <param name="what">What the run does, such as <c>Mirror</c>; a second run tells it to its user.</param>
    /// <param name="time">For the moment noted, and to measure patience.</param>
    /// <param name="patienceForOrphans">
    /// How long to wait for the copying programs of a killed run after asking them to end, and again after ending them.
    /// </param>
    /// <param name="runId">The run's id, for the note in the file.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="RePlexOnException"><c>Locked</c> (a run is under way) or <c>StateNotWritable</c>.</exception>
    public static RunLock Acquire(
        string stateDirectory,
        string what,
        TimeProvider time,
        TimeSpan patienceForOrphans,
        string? runId = null,
        CancellationToken cancellation = default)
    {
        StateDirectory.Ensure(stateDirectory);
        FileLock? file = null;
        try
        {
            file = FileLock.OnFile(Path.Combine(stateDirectory, "run.lock"));
            Take(file, time, patienceForOrphans, cancellation);
            new LockRecord(ProcessStamp.Current(), time.GetLocalNow(), what, runId).Write(file);
            file.LetChildrenInherit();
            return new RunLock(file);
        }
        catch (IOException e)
        {
            file?.Dispose();
            throw StateDirectory.NotWritable(stateDirectory, e);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Gives the lock up, also where a program that inherited it still runs.</summary>
    public void Dispose()
    {
        if (_file.Handle.IsClosed) return;
        LockRecord.Clear(_file);
        _file.Release();
        _file.Dispose();
    }

    private static void Take(FileLock file, TimeProvider time, TimeSpan patience, CancellationToken cancellation)
    {
        if (TryTake(file)) return;

        var orphans = Orphans(file);
        foreach (var orphan in orphans) orphan.Terminate();
        if (TryTakeWithin(patience)) return;

        if (orphans.Count > 0)
        {
            foreach (var orphan in Orphans(file)) orphan.Kill();
            if (TryTakeWithin(patience)) return;
        }

        throw HeldBy(LockHolder.Of(file));

        bool TryTakeWithin(TimeSpan span)
        {
            var start = time.GetTimestamp();
            while (!TryTake(file))
            {
                if (time.GetElapsedTime(start) >= span) return false;
                cancellation.WaitHandle.WaitOne(LookAgain);
                cancellation.ThrowIfCancellationRequested();
            }

            return true;
        }
    }

    private static bool TryTake(FileLock file)
    {
        if (file.TryTake()) return true;
        ThrowIfUnderWay(file);
        return false;
    }

    private static void ThrowIfUnderWay(FileLock file)
    {
        if (LockRecord.Read(file) is { } holder && holder.Process.IsAlive()) throw HeldBy(holder);
    }

    /// <summary>
    /// The copying programs that outlived their run. None if anything else holds the lock: that may be
    /// a run which has only just taken it and not yet noted so.
    /// </summary>
    private static IReadOnlyList<LockHolder> Orphans(FileLock file)
    {
        var holders = LockHolder.Of(file);
        // A run that took the lock while the processes were looked through has noted so before it started any.
        ThrowIfUnderWay(file);
        return holders.All(holder => holder.IsTransfer) ? holders : [];
    }

    private static RePlexOnException HeldBy(LockRecord holder) => new(
        "Locked",
        ExitCode.Locked,
        string.Create(
            CultureInfo.InvariantCulture,
            $"A run ({holder.What}, process {holder.Process.Id}) has been under way since {holder.Since:yyyy-MM-dd HH:mm:ss zzz}."),
        string.Create(
            CultureInfo.InvariantCulture,
            $"Wait until it has ended; Get-PlexBackupStatus shows how far it is. If it hangs, end it with: kill {holder.Process.Id}"));

    private static RePlexOnException HeldBy(IReadOnlyList<LockHolder> holders) => holders.Count == 0
        ? new(
            "Locked",
            ExitCode.Locked,
            "Another run holds the lock, but its process cannot be seen from here: it is another user's or in another container.",
            "Wait until it has ended, or look for it as root on the host.")
        : new(
            "Locked",
            ExitCode.Locked,
            $"A run that is gone left programs behind that still hold its lock: {string.Join(", ", holders)}.",
            $"If they do not end by themselves, end them with: kill {string.Join(' ', holders.Select(holder => holder.Id))}");
}
