using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>Parts of a run that go on at the same time, as far as the target lets them.</summary>
internal static class SideBySide
{
    /// <summary>
    /// Begins all at once. One for which a daemon has no connection left begins anew when the others have ended. As soon as
    /// one fails the others are stopped.
    /// </summary>
    /// <param name="parts">The parts. Each may be called again after it threw <c>TargetBusy</c>.</param>
    /// <param name="cancellationToken">Stops them.</param>
    public static async Task RunAsync(IReadOnlyList<Func<CancellationToken, Task>> parts, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bool[] done = await Task.WhenAll(parts.Select(part => TryAsync(part, stop)));
        for (int i = 0; i < done.Length; i++)
        {
            if (!done[i]) await parts[i](cancellationToken);
        }
    }

    private static async Task<bool> TryAsync(Func<CancellationToken, Task> part, CancellationTokenSource stop)
    {
        try
        {
            await part(stop.Token);
            return true;
        }
        catch (RePlexOnException busy) when (busy.ErrorId == RsyncFailure.Busy)
        {
            return false;
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }
}
