using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>What is known of one scanned entry's counterpart on the target; small, for there is one for each.</summary>
internal readonly struct ContentSlot
{
    private readonly ulong _sumHigh;
    private readonly ulong _sumLow;
    private readonly long _bytes;
    private readonly byte _kind;
    private readonly bool _hasSum;

    /// <summary>Notes what is listed of it.</summary>
    /// <param name="entry">What is listed.</param>
    /// <param name="isThere">Whether it is sure to be there; else it only tells what it would be.</param>
    /// <param name="isTold">Whether rsync has told it in this run.</param>
    public ContentSlot(in ListedEntry entry, bool isThere, bool isTold)
    {
        _kind = (byte)entry.Kind;
        _bytes = entry.Bytes ?? -1;
        _hasSum = entry.Sum is not null;
        FileSum sum = entry.Sum ?? default;
        (_sumHigh, _sumLow) = (sum.High, sum.Low);
        IsThere = isThere;
        IsTold = isTold;
    }

    private ContentSlot(bool isGone) => (IsGone, IsTold) = (isGone, isGone);

    /// <summary>What rsync has removed in this run.</summary>
    public static ContentSlot Gone => new(isGone: true);

    /// <summary>Whether it is sure to be there.</summary>
    public bool IsThere { get; }

    /// <summary>Whether it is sure not to be there.</summary>
    public bool IsGone { get; }

    /// <summary>Whether rsync has told it in this run.</summary>
    public bool IsTold { get; }

    /// <summary>Whether it is a regular file that is sure to be there.</summary>
    public bool IsFile => IsThere && _kind == (byte)'f';

    /// <summary>Whether it is a regular file whose content nothing is known of.</summary>
    public bool IsUnproven => IsFile && !_hasSum;

    /// <summary>Sum of a regular file of that size; null where it is none or not known.</summary>
    public FileSum? SumIfOf(long bytes, FileSumKind kind) =>
        _kind == (byte)'f' && _hasSum && _bytes == bytes ? new FileSum(kind, _sumHigh, _sumLow) : null;

    /// <summary>The same without its sum.</summary>
    public ContentSlot WithoutSum() => IsGone ? this : new(Entry(default) with { Sum = null }, IsThere, IsTold);

    /// <summary>As a list has it.</summary>
    /// <param name="kind">The kind of the sums.</param>
    public ListedEntry Entry(FileSumKind kind) =>
        new((char)_kind, _bytes < 0 ? null : _bytes, _hasSum ? new FileSum(kind, _sumHigh, _sumLow) : null);
}
