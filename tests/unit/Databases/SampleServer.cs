using System.Diagnostics;
using RePlexOn.Demo;
using RePlexOn.Files;
using RePlexOn.Plex.Databases;

namespace RePlexOn.Tests.Databases;

/// <summary>The databases of a sample Plex server in a folder of their own, with a place for copies.</summary>
internal sealed class SampleServer : IDisposable
{
    private readonly List<string> _mounts = [];

    public SampleServer(int rows = 1000, int bytesPerRow = 600)
    {
        DataDirectory = Path.Combine(Root, "Plex Media Server");
        SampleDatabase.Create(DataDirectory, new SampleOptions { LibraryRows = rows, BytesPerRow = bytesPerRow });
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("replexon-databases-").FullName;

    public string DataDirectory { get; }

    public string DatabaseFolder => Path.Combine(DataDirectory, PlexDatabaseFiles.FolderRelativePath);

    public string LibraryPath => Path.Combine(DataDirectory, PlexDatabaseFiles.LibraryRelativePath);

    public string CopyPath => Path.Combine(Root, "staging", "library.db");

    public PlexDatabaseFile Library => PlexDatabaseFiles.Find(DataDirectory)[0];

    /// <summary>Names, owners and modes in the database folder: all that a capture must leave as it was.</summary>
    public string[] FolderState() =>
        [.. Directory.GetFiles(DatabaseFolder).Order(StringComparer.Ordinal).Select(path =>
        {
            var status = FileStatus.Read(path)!.Value;
            return $"{Path.GetFileName(path)} {status.Owner.User}:{status.Owner.Group} {status.Mode}";
        })];

    public Task<CapturedDatabase> CaptureAsync(
        DatabaseCaptureOptions? options = null, Action<DatabaseCaptureProgress>? onProgress = null, CancellationToken ct = default) =>
        new DatabaseCapture(TimeProvider.System, options)
            .CaptureAsync(Library, CopyPath, onProgress is null ? null : new Reporter(onProgress), ct);

    /// <summary>Makes the data directory read-only by a bind mount over itself.</summary>
    public void MakeReadOnly()
    {
        Run("mount", "--bind", DataDirectory, DataDirectory);
        _mounts.Add(DataDirectory);
        Run("mount", "-o", "remount,bind,ro", DataDirectory);
    }

    /// <summary>Puts a file system of so many bytes where the copies go.</summary>
    public void LimitStaging(long bytes)
    {
        var staging = Path.GetDirectoryName(CopyPath)!;
        Directory.CreateDirectory(staging);
        Run("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", staging);
        _mounts.Add(staging);
    }

    public void Dispose()
    {
        foreach (var mount in _mounts) Run("umount", mount);
        Directory.Delete(Root, recursive: true);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program}: {errors}");
    }

    private sealed class Reporter(Action<DatabaseCaptureProgress> report) : IProgress<DatabaseCaptureProgress>
    {
        public void Report(DatabaseCaptureProgress value) => report(value);
    }
}
