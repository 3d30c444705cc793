using System.Collections.Concurrent;
using System.Management.Automation;

namespace RePlexOn.Cmdlets;

/// <summary>
/// A cmdlet over one use case of the core: runs it off the pipeline thread, brings its progress back to that thread,
/// and lets Ctrl+C stop it. A trouble of the core becomes an error record.
/// </summary>
public abstract class CoreCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <inheritdoc />
    protected sealed override void ProcessRecord()
    {
        try
        {
            Process();
        }
        catch (RePlexOnException trouble)
        {
            WriteError(ErrorRecords.From(trouble, MyInvocation.MyCommand.Name));
        }
    }

    /// <summary>The cmdlet's work for one input object.</summary>
    protected abstract void Process();

    /// <summary>Runs a use case; blocks the pipeline thread and writes progress meanwhile.</summary>
    /// <param name="describe">Turns a report of the use case into a progress record.</param>
    /// <param name="work">The use case.</param>
    private protected TResult Await<TProgress, TResult>(
        Func<TProgress, ProgressRecord> describe,
        Func<IProgress<TProgress>, CancellationToken, Task<TResult>> work)
    {
        using var reports = new BlockingCollection<ProgressRecord>();
        var progress = new LatestProgress<TProgress>(report => reports.TryAdd(describe(report)));
        Task<TResult> running = Task.Run(() => work(progress, _stop.Token));
        running.ContinueWith(_ => reports.CompleteAdding(), TaskScheduler.Default);
        ProgressRecord? last = null;
        foreach (ProgressRecord record in reports.GetConsumingEnumerable())
        {
            if (!_stop.IsCancellationRequested) WriteProgress(record);
            last = record;
        }

        if (last is not null && !_stop.IsCancellationRequested)
        {
            last.RecordType = ProgressRecordType.Completed;
            WriteProgress(last);
        }

        return running.GetAwaiter().GetResult();
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
}
