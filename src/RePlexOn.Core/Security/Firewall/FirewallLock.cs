using RePlexOn.Files;

namespace RePlexOn.Security.Firewall;

/// <summary>One change of the firewall at a time.</summary>
internal static class FirewallLock
{
    private const string File = "/run/replexon-firewall.lock";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for a change under way, and holds off others until it is disposed of.</summary>
    /// <exception cref="RePlexOnException"><c>FirewallBusy</c>: it takes too long.</exception>
    public static async Task<FileLock> TakeAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        FileLock held = FileLock.OnFile(File);
        try
        {
            while (!held.TryTake())
            {
                if (time.GetElapsedTime(started) > Patience)
                {
                    throw new RePlexOnException(
                        "FirewallBusy", ExitCode.Locked, "Another RePlexOn is changing the firewall, and does not come to an end.",
                        $"Look for it with `fuser {File}`, and try again.");
                }

                await Task.Delay(Pause, time, cancellationToken);
            }

            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}
