namespace RePlexOn.Files;

/// <summary>
/// Folders that a busy worker gave away to idle ones. Each worker walks depth first through folders of its own, so the
/// lock is taken only when another has run dry.
/// </summary>
internal sealed class ScanQueue(int workers)
{
    private readonly object _gate = new();
    private readonly Stack<ScanFolder> _folders = new();
    private volatile int _idle;
    private volatile bool _ended;
    private long _seen;

    /// <summary>Whether a worker waits for something to do.</summary>
    public bool IsHungry => _idle > 0;

    /// <summary>Whether the scan is over, done or stopped.</summary>
    public bool HasEnded => _ended;

    /// <summary>How many entries all workers have seen so far.</summary>
    public long Seen => Interlocked.Read(ref _seen);

    public void Count(int entries) => Interlocked.Add(ref _seen, entries);

    /// <summary>Gives away the first <paramref name="count"/> folders of a list: they lie nearest to the root, with the most beneath.</summary>
    public void Offer(List<ScanFolder> folders, int count)
    {
        lock (_gate)
        {
            for (var i = 0; i < count; i++)
                _folders.Push(folders[i]);
            Monitor.PulseAll(_gate);
        }
        folders.RemoveRange(0, count);
    }

    /// <summary>Waits for a folder; null when all workers have run dry or the scan was stopped.</summary>
    public ScanFolder? Take()
    {
        lock (_gate)
        {
            _idle++;
            while (_folders.Count == 0 && !_ended)
            {
                if (_idle == workers)
                    End();
                else
                    Monitor.Wait(_gate);
            }
            if (_ended)
                return null;
            _idle--;
            return _folders.Pop();
        }
    }

    /// <summary>Sends every worker home.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }
}
