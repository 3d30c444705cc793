using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>Adds up how far several transfers are that go on at the same time.</summary>
/// <param name="count">How many transfers.</param>
/// <param name="whole">Told of all of them together; null where nobody wants to know.</param>
internal sealed class JointProgress(int count, IProgress<RsyncProgress>? whole)
{
    private readonly RsyncProgress?[] _parts = new RsyncProgress?[count];

    /// <summary>What to tell of one of them.</summary>
    /// <param name="index">Which, from 0 on.</param>
    public IProgress<RsyncProgress>? Part(int index) =>
        whole is null ? null : new DirectProgress<RsyncProgress>(step => Report(index, step, whole));

    private void Report(int index, RsyncProgress step, IProgress<RsyncProgress> to)
    {
        lock (_parts)
        {
            _parts[index] = step;
            RsyncProgress[] known = [.. _parts.OfType<RsyncProgress>()];
            to.Report(new(
                known.Sum(part => part.Bytes),
                (int)known.Average(part => part.Percent),
                known.Sum(part => part.BytesPerSecond),
                // They end together with the slowest.
                known.Max(part => part.Remaining),
                known.Sum(part => part.FilesDone), known.Sum(part => part.EntriesLeft), known.Sum(part => part.EntriesTotal),
                known.Any(part => part.StillScanning)));
        }
    }
}
