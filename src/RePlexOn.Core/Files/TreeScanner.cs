using System.Runtime.InteropServices;

namespace RePlexOn.Files;

/// <summary>
/// Sees every entry of a tree once, with several workers. Links are not followed, but the root itself may be one; mount
/// points are crossed, for people mount parts of a Plex data directory from elsewhere.
/// </summary>
/// <param name="patterns">What to leave out; nothing beneath a left-out folder is looked at.</param>
/// <param name="workers">How many threads look; by default as many as there are processors, 16 at the most.</param>
/// <param name="clock">Tells when the scan looked; it must agree with the clock that stamps the files.</param>
public sealed class TreeScanner(FilePatterns patterns, int? workers = null, TimeProvider? clock = null)
{
    private const int MostWorkers = 16;

    // A file can change again without a new time stamp within one tick of its file system: nanoseconds to 10 ms on ext4,
    // xfs, btrfs and zfs, one second on old network servers, two on FAT. Git calls such entries racily clean.
    private const long CoarsestTickNs = 2_000_000_000;

    private readonly int _workers = workers is { } wanted
        ? Math.Max(1, wanted)
        : Math.Clamp(Environment.ProcessorCount, 1, MostWorkers);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>
    /// Scans a tree. Entries that vanish meanwhile are left out; folders that cannot be listed are in
    /// <see cref="FileTree.Unreadable"/>.
    /// </summary>
    /// <param name="root">The folder to scan.</param>
    /// <param name="entriesSeen">Is told now and then, on the caller's thread, how many entries were seen, and at the end.</param>
    /// <param name="cancellation">Stops the scan.</param>
    /// <exception cref="RePlexOnException">The root itself cannot be read (<c>SourceUnreadable</c>).</exception>
    public FileTree Scan(string root, IProgress<long>? entriesSeen = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        var handle = LinuxCalls.OpenRoot(root);
        if (handle < 0)
            throw Unreadable(root, Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        try
        {
            return Scan(root, handle, entriesSeen, cancellation);
        }
        finally
        {
            _ = LinuxCalls.close(handle);
        }
    }

    private FileTree Scan(string root, int handle, IProgress<long>? entriesSeen, CancellationToken cancellation)
    {
        var from = NowNs() - CoarsestTickNs;
        var devices = new DeviceTable();
        var queue = new ScanQueue(_workers);
        var crew = new ScanWorker[_workers];
        for (var i = 0; i < crew.Length; i++)
            crew[i] = new ScanWorker(i, handle, patterns, devices, queue, cancellation);

        var rootBlock = new FileRecord[1];
        Describe(root, handle, crew[0], ref rootBlock[0]);
        crew[0].Begin(new ScanFolder([], rootBlock, 0));
        Run(crew, entriesSeen);

        var arenas = new ScanArena[crew.Length];
        for (var i = 0; i < crew.Length; i++)
        {
            crew[i].Failure?.Throw();
            arenas[i] = crew[i].Arena;
        }
        var tree = TreeAssembly.Build(arenas, in rootBlock[0], devices, new TimeWindow(from, NowNs() + CoarsestTickNs));
        if (tree.IsUnreadable(0))
            throw Unreadable(root, tree.Unreadable[0].Reason);
        entriesSeen?.Report(tree.Count);
        return tree;
    }

    private static void Run(ScanWorker[] crew, IProgress<long>? entriesSeen)
    {
        var threads = new Thread[crew.Length - 1];
        for (var i = 0; i < threads.Length; i++)
        {
            var worker = crew[i + 1];
            threads[i] = new Thread(() => worker.Run(entriesSeen: null)) { IsBackground = true, Name = "Scan" };
            threads[i].Start();
        }
        crew[0].Run(entriesSeen);
        foreach (var thread in threads)
            thread.Join();
    }

    private static unsafe void Describe(string root, int handle, ScanWorker worker, ref FileRecord record)
    {
        LinuxCalls.Status status;
        if (LinuxCalls.DescribeSelf(handle, &status) != 0)
            throw Unreadable(root, Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        worker.Fill(ref record, in status);
    }

    private long NowNs() => (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    private static RePlexOnException Unreadable(string root, string reason) => new(
        "SourceUnreadable", ExitCode.Failed,
        $"The folder {root} cannot be read: {reason}.",
        "Check that the path is right, that its disk is mounted, and that the user who runs this may read it.");
}
