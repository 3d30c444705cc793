using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>Transfers that go on at the same time, as far as the target lets them.</summary>
internal static class SideBySide
{
    /// <summary>
    /// Makes transfers, all at once. One for which a daemon has no connection left is made when the others have ended. As
    /// soon as one fails the others are stopped.
    /// </summary>
    /// <param name="transfers">The transfers. Each may be called again after it threw <c>TargetBusy</c>.</param>
    /// <param name="cancellationToken">Stops them.</param>
    public static async Task RunAsync(IReadOnlyList<Func<CancellationToken, Task>> transfers, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bool[] made = await Task.WhenAll(transfers.Select(transfer => TryAsync(transfer, stop)));
        for (int i = 0; i < made.Length; i++)
        {
            if (!made[i]) await transfers[i](cancellationToken);
        }
    }

    private static async Task<bool> TryAsync(Func<CancellationToken, Task> transfer, CancellationTokenSource stop)
    {
        try
        {
            await transfer(stop.Token);
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
