using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>Adds up how far several transfers are that go on at the same time.</summary>
/// <param name="count">How many transfers.</param>
/// <param name="whole">Told of all of them together; null where nobody wants to know.</param>
internal sealed class JointProgress(int count, IProgress<RsyncProgress>? whole)
{
    private readonly RsyncProgress[] _parts = [.. Enumerable.Repeat(new RsyncProgress(0, 0, null, 0), count)];

    /// <summary>What to tell of one of them.</summary>
    /// <param name="index">Which, from 0 on.</param>
    public IProgress<RsyncProgress>? Part(int index) =>
        whole is null ? null : new DirectProgress<RsyncProgress>(step => Report(index, step, whole));

    /// <summary>One of them has ended: what it did stays, its speed does not.</summary>
    /// <param name="index">Which.</param>
    public void End(int index)
    {
        lock (_parts) _parts[index] = _parts[index] with { BytesPerSecond = 0, Remaining = null };
    }

    private void Report(int index, RsyncProgress step, IProgress<RsyncProgress> to)
    {
        lock (_parts)
        {
            _parts[index] = step;
            to.Report(new(
                _parts.Sum(part => part.Bytes), _parts.Sum(part => part.BytesPerSecond),
                // They end together with the slowest.
                _parts.Max(part => part.Remaining), _parts.Sum(part => part.FilesDone)));
        }
    }
}
