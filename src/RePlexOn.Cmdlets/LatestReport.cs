namespace RePlexOn.Cmdlets;

/// <summary>Keeps the newest report of a use case until the pipeline thread takes it.</summary>
internal sealed class LatestReport<T> : IProgress<T>
    where T : class
{
    private T? _report;

    /// <inheritdoc />
    public void Report(T value) => Volatile.Write(ref _report, value);

    /// <summary>The newest report; null when there is none since the last call.</summary>
    public T? Take() => Interlocked.Exchange(ref _report, null);
}
