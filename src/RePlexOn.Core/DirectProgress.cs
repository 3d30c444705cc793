namespace RePlexOn;

/// <summary>Reports on the calling thread; <see cref="Progress{T}"/> would post to another, out of order.</summary>
internal sealed class DirectProgress<T>(Action<T> report) : IProgress<T>
{
    /// <inheritdoc />
    public void Report(T value) => report(value);
}
