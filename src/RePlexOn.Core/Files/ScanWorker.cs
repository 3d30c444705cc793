using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace RePlexOn.Files;

/// <summary>One worker of a scan: lists folders into an arena of its own until there are none left.</summary>
internal sealed unsafe class ScanWorker(
    int number, int root, FilePatterns patterns, DeviceTable devices, ScanQueue queue, CancellationToken cancellation)
{
    private const int ListBufferSize = 64 * 1024;
    private const int EntriesBetweenReports = 8192;

    // Offsets in struct linux_dirent64.
    private const int LengthOffset = 16;
    private const int NameOffset = 19;

    private readonly byte[] _listBuffer = GC.AllocateUninitializedArray<byte>(ListBufferSize, pinned: true);
    private readonly byte[] _path = new byte[LinuxCalls.LongestPath + 2];
    private readonly List<ScanFolder> _waiting = [];
    private uint[] _found = new uint[256];
    private Comparison<uint>? _byName;
    private ulong _lastDevice;
    private int _lastDeviceIndex = -1;
    private long _reported;

    /// <summary>What this worker saw.</summary>
    public ScanArena Arena { get; } = new();

    /// <summary>What ended this worker before its time.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>Gives the worker its first folder.</summary>
    public void Begin(ScanFolder folder) => _waiting.Add(folder);

    /// <summary>Lists folders until no worker has any left, or the scan is stopped.</summary>
    public void Run(IProgress<long>? entriesSeen)
    {
        try
        {
            while (Next() is { } folder)
            {
                List(folder);
                if (entriesSeen is not null && queue.Seen - _reported >= EntriesBetweenReports)
                    entriesSeen.Report(_reported = queue.Seen);
                if (_waiting.Count > 1 && queue.IsHungry)
                    queue.Offer(_waiting, _waiting.Count / 2);
            }
        }
        catch (Exception error)
        {
            // Thrown again on the thread that called the scan.
            Failure = ExceptionDispatchInfo.Capture(error);
            queue.End();
        }
    }

    private ScanFolder? Next()
    {
        cancellation.ThrowIfCancellationRequested();
        if (queue.HasEnded)
            return null;
        if (_waiting.Count == 0)
            return queue.Take();
        var folder = _waiting[^1];
        _waiting.RemoveAt(_waiting.Count - 1);
        return folder;
    }

    private void List(ScanFolder folder)
    {
        var start = Arena.Count;
        var problem = 0;
        var handle = Open(folder);
        if (handle < 0)
        {
            problem = Marshal.GetLastPInvokeError();
            // Gone, or replaced by something that is no folder, since its parent was listed: the next scan sees what it is now.
            if (problem is LinuxCalls.NoEntry or LinuxCalls.NotADirectory or LinuxCalls.TooManyLinks && folder.Path.Length > 0)
            {
                folder.Listed(ScanFolder.Vanished, 0);
                return;
            }
        }
        else
        {
            try
            {
                var found = ReadNames(handle, ref problem);
                SortByName(_found.AsSpan(0, found));
                DescribeAll(handle, folder, found, ref problem);
            }
            finally
            {
                _ = LinuxCalls.close(handle);
            }
        }
        queue.Count(Arena.Count - start);
        var reason = problem == 0 ? null : Marshal.GetPInvokeErrorMessage(problem);
        folder.Listed(number, Arena.AddListing(start, reason));
    }

    private int Open(ScanFolder folder)
    {
        // The root's own path is empty; every other one begins with a slash that the call must not see.
        var below = folder.Path.Length == 0 ? "."u8 : folder.Path.AsSpan(1);
        below.CopyTo(_path);
        _path[below.Length] = 0;
        fixed (byte* path = _path)
            return LinuxCalls.OpenFolder(root, path);
    }

    private int ReadNames(int handle, ref int problem)
    {
        var found = 0;
        fixed (byte* start = _listBuffer)
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                var read = LinuxCalls.List(handle, start, ListBufferSize);
                if (read < 0 && Marshal.GetLastPInvokeError() is var error && error != LinuxCalls.NoEntry)
                    problem = error;
                if (read <= 0)
                    return found;
                for (var entry = start; entry < start + read;)
                {
                    var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + NameOffset);
                    entry += BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(entry + LengthOffset, 2));
                    if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
                        continue;
                    if (found == _found.Length)
                        Array.Resize(ref _found, found * 2);
                    _found[found++] = Arena.AddName(name);
                }
            }
        }
    }

    private void SortByName(Span<uint> names)
    {
        if (names.Length > 1)
            names.Sort(_byName ??= (a, b) => Arena.Name(a).SequenceCompareTo(Arena.Name(b)));
    }

    private void DescribeAll(int handle, ScanFolder folder, int found, ref int problem)
    {
        var prefix = folder.Path.Length;
        folder.Path.CopyTo(_path, 0);
        _path[prefix++] = (byte)'/';
        for (var i = 0; i < found; i++)
        {
            if (i % 1024 == 0)
                cancellation.ThrowIfCancellationRequested();
            var name = Arena.Name(_found[i]);
            if (prefix - 1 + name.Length > LinuxCalls.LongestPath)
            {
                problem = LinuxCalls.NameTooLong;
                continue;
            }
            LinuxCalls.Status status;
            if (LinuxCalls.Describe(handle, Arena.NamePointer(_found[i]), &status) != 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error != LinuxCalls.NoEntry)
                    problem = error;
                continue;
            }
            name.CopyTo(_path.AsSpan(prefix));
            Add(_found[i], _path.AsSpan(0, prefix + name.Length), in status);
        }
    }

    private void Add(uint name, ReadOnlySpan<byte> slashedPath, in LinuxCalls.Status status)
    {
        var seen = new FileRecord();
        Fill(ref seen, in status);
        if (patterns.ExcludesEntry(slashedPath, seen.IsDirectory))
            return;
        seen.NameOffset = name;
        seen.NameLength = (byte)Arena.Name(name).Length;
        Arena.Add(out var block, out var slot) = seen;
        if (seen.IsDirectory)
            _waiting.Add(new ScanFolder(slashedPath.ToArray(), block, slot));
    }

    /// <summary>Carries what the system said of an entry over to its record.</summary>
    public void Fill(ref FileRecord record, in LinuxCalls.Status status)
    {
        record.Mode = status.Mode;
        record.UserId = status.UserId;
        record.GroupId = status.GroupId;
        record.Size = status.Size;
        record.ModifiedNs = Nanoseconds(status.ModifiedSeconds, status.ModifiedNanoseconds);
        record.ChangedNs = Nanoseconds(status.ChangedSeconds, status.ChangedNanoseconds);
        record.Inode = status.Inode;
        record.Links = status.Links;
        var device = ((ulong)status.DeviceMajor << 32) | status.DeviceMinor;
        if (device != _lastDevice || _lastDeviceIndex < 0)
        {
            _lastDevice = device;
            _lastDeviceIndex = devices.IndexOf(device);
        }
        record.Device = (ushort)_lastDeviceIndex;
    }

    // Beyond the year 2262 this wraps round; times are compared for equality, so that does no harm.
    private static long Nanoseconds(long seconds, uint nanoseconds) => unchecked((seconds * 1_000_000_000) + nanoseconds);
}
