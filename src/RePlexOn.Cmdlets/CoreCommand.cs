using System.Management.Automation;

namespace RePlexOn.Cmdlets;

/// <summary>
/// A cmdlet over one use case of the core: runs it off the pipeline thread, brings its progress back to that thread,
/// and lets Ctrl+C stop it. A trouble of the core becomes an error record.
/// </summary>
public abstract class CoreCommand : PSCmdlet, IDisposable
{
    // A host that draws progress is slower than a scan; what ends sooner shows none.
    private const int RefreshMilliseconds = 200;

    private readonly CancellationTokenSource _stop = new();

    /// <inheritdoc />
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc />
    protected sealed override void EndProcessing() => Guard(End);

    /// <summary>The cmdlet's work for one input object.</summary>
    protected abstract void Process();

    /// <summary>The cmdlet's work after the last input object.</summary>
    protected virtual void End()
    {
    }

    /// <summary>What an error record names as the thing that it is about; null for none.</summary>
    private protected virtual object? TargetOfErrors => null;

    /// <summary>Whether -WhatIf is in force, given here or above.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Runs a use case; blocks the pipeline thread and writes progress meanwhile.</summary>
    /// <param name="describe">Turns a report of the use case into a progress record.</param>
    /// <param name="work">The use case.</param>
    /// <exception cref="PipelineStoppedException">Ctrl+C ended the use case.</exception>
    private protected TResult Await<TProgress, TResult>(
        Func<TProgress, ProgressRecord> describe,
        Func<IProgress<TProgress>, CancellationToken, Task<TResult>> work)
        where TProgress : class
    {
        var latest = new LatestReport<TProgress>();
        Task<TResult> running = Task.Run(() => work(latest, _stop.Token));
        ProgressRecord? shown = null;
        while (Task.WaitAny([running], RefreshMilliseconds) < 0)
        {
            if (latest.Take() is { } report) Show(shown = describe(report));
        }

        if (shown is not null)
        {
            shown.RecordType = ProgressRecordType.Completed;
            Show(shown);
        }

        try
        {
            return running.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Writes each object of a use case as it comes.</summary>
    /// <param name="source">The use case.</param>
    /// <param name="meanwhile">Done now and then on the pipeline thread, which alone may write warnings.</param>
    /// <exception cref="PipelineStoppedException">Ctrl+C ended the use case.</exception>
    private protected void Stream<T>(Func<CancellationToken, IAsyncEnumerable<T>> source, Action? meanwhile = null)
    {
        IAsyncEnumerator<T> objects = source(_stop.Token).GetAsyncEnumerator(_stop.Token);
        try
        {
            while (true)
            {
                Task<bool> next = objects.MoveNextAsync().AsTask();
                while (Task.WaitAny([next], RefreshMilliseconds) < 0) Try(meanwhile);
                bool isThere = next.GetAwaiter().GetResult();
                Try(meanwhile);
                if (!isThere) return;
                WriteObject(objects.Current);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            objects.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <inheritdoc />
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _stop.Dispose();
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (RePlexOnException trouble)
        {
            WriteError(ErrorRecords.From(trouble, TargetOfErrors));
        }
    }

    private void Show(ProgressRecord record) => Try(() => WriteProgress(record));

    private static void Try(Action? write)
    {
        try
        {
            write?.Invoke();
        }
        catch (PipelineStoppedException)
        {
            // The use case is being cancelled, and must be waited for: it ends what it started, and records it.
        }
    }
}
