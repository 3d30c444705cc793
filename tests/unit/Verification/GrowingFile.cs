namespace RePlexOn.Tests.Verification;

/// <summary>A file that grows, a few hundred times a second, until this is disposed of.</summary>
internal sealed class GrowingFile : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _growing;

    public GrowingFile(string path)
    {
        File.WriteAllText(path, "begun");
        _growing = Task.Run(() =>
        {
            while (!_stop.Token.WaitHandle.WaitOne(1)) File.AppendAllText(path, "and more");
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _growing;
        _stop.Dispose();
    }
}
