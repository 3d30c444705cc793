namespace RePlexOn.Plex.Databases;

/// <summary>Waits in short pauses, up to a limit on the whole.</summary>
internal sealed class Patience(TimeProvider time, TimeSpan limit)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly long _started = time.GetTimestamp();

    /// <summary>Pauses once.</summary>
    /// <returns>False, at once, when the limit is reached.</returns>
    public async Task<bool> WaitAsync(CancellationToken ct)
    {
        if (time.GetElapsedTime(_started) >= limit) return false;
        await Task.Delay(Pause, time, ct);
        return true;
    }
}
