namespace RePlexOn.Cmdlets;

/// <summary>Lets through a few reports a second: a host that draws progress is slower than a scan.</summary>
internal sealed class LatestProgress<T>(Action<T> report) : IProgress<T>
{
    private const long MinimumMilliseconds = 200;
    private long _nextAt;

    /// <inheritdoc />
    public void Report(T value)
    {
        long now = Environment.TickCount64;
        long next = Interlocked.Read(ref _nextAt);
        if (now >= next && Interlocked.CompareExchange(ref _nextAt, now + MinimumMilliseconds, next) == next)
        {
            report(value);
        }
    }
}
