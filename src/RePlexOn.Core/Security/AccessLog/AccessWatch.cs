using System.Runtime.CompilerServices;
using RePlexOn.Alerts;
using RePlexOn.Configuration;
using RePlexOn.Files;
using RePlexOn.History;

namespace RePlexOn.Security.AccessLog;

/// <summary>
/// Follows the server's log, and tells of each address that becomes suspicious, once. What was read and found is kept in the
/// history, so that it goes on where it was stopped, or killed: each line counts once. An alert goes out for each.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class AccessWatch(TimeProvider time)
{
    // How far it was read is kept at least so often: what was read since is read again after a crash.
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan News = TimeSpan.FromDays(2);

    private static readonly TimeSpan Remember = TimeSpan.FromDays(365);

    /// <summary>Follows the log until it is stopped, or once to its end.</summary>
    /// <param name="configuration">Where the server is, whom it trusts, and where the history is.</param>
    /// <param name="options">Which log, and for how long.</param>
    /// <param name="cancellationToken">Stops it; what was read is kept.</param>
    /// <returns>Who became suspicious; they are in the history by then.</returns>
    /// <exception cref="RePlexOnException">
    /// <c>AccessWatched</c>: another one is at it. <c>PlexLogMissing</c>, <c>PlexLogUnreadable</c>, <c>AddressInvalid</c>; the
    /// Plex data directory is not found; the history cannot be written.
    /// </exception>
    public async IAsyncEnumerable<SuspiciousAccess> RunAsync(
        RePlexOnConfiguration configuration, AccessWatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = options.Path ?? PlexLogs.Find(configuration);
        StateDirectory.Ensure(configuration.StateDirectory);
        using FileLock mine = Lock(configuration.StateDirectory);
        using AccessStore store = AccessStore.Open(configuration.StateDirectory, HistoryAccess.Write, time);
        store.Forget(time.GetUtcNow() - Remember);
        var session = new AccessWatchSession(path, configuration.Access, LogZone.Find(path, time.LocalTimeZone), store);

        long savedAt = time.GetTimestamp();
        while (true)
        {
            if (options.Once || session.HasNews) session.Read(cancellationToken);
            IReadOnlyList<SuspiciousAccess> found = [];
            if (session.IsUnsaved && (options.Once || session.HasFound || time.GetElapsedTime(savedAt) >= SaveEvery))
            {
                found = session.Save();
                savedAt = time.GetTimestamp();
            }

            options.Report?.Invoke(session.Progress);
            foreach (SuspiciousAccess one in found)
            {
                await AlertAsync(configuration, one, cancellationToken);
                yield return one;
            }

            if (options.Once) yield break;
            if (await StopsWithinAsync(options.Interval, cancellationToken)) break;
        }

        if (session.IsUnsaved) session.Save();
    }

    /// <summary>Who was found by watches, the newest first.</summary>
    /// <param name="configuration">Where the history is.</param>
    /// <param name="after">Only who was seen at this moment or later; null for all.</param>
    /// <exception cref="RePlexOnException">The history cannot be read.</exception>
    public IReadOnlyList<SuspiciousAccess> Recorded(RePlexOnConfiguration configuration, DateTimeOffset? after)
    {
        using AccessStore store = AccessStore.Open(configuration.StateDirectory, HistoryAccess.Read, time);
        return store.Query(after);
    }

    private Task AlertAsync(RePlexOnConfiguration configuration, SuspiciousAccess access, CancellationToken cancellationToken) =>
        // Whoever has stopped long ago, and is met in a first look at an old log, is no news.
        time.GetUtcNow() - access.LastSeen > News
            ? Task.CompletedTask
            : new AlertCenter(time).RaiseAsync(configuration, AccessAlert.Of(access, time.GetLocalNow(), new SuspicionLimits().Silence), cancellationToken);

    private async Task<bool> StopsWithinAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(interval, time, cancellationToken);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static FileLock Lock(string stateDirectory)
    {
        FileLock? mine = null;
        try
        {
            mine = FileLock.OnFile(Path.Combine(stateDirectory, "access.lock"));
            if (mine.TryTake()) return mine;
        }
        catch (IOException e)
        {
            throw StateDirectory.NotWritable(stateDirectory, e);
        }

        mine.Dispose();
        throw new RePlexOnException(
            "AccessWatched", ExitCode.Locked, "The server's log is being watched already, by another process with this state directory.",
            "Let that one do it, or end it first; `replexon access suspicious --recorded` shows what it has found.");
    }
}
