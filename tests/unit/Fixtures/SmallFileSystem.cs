using System.Diagnostics;

namespace RePlexOn.Tests.Fixtures;

/// <summary>A file system in memory that is really small, to be really full. Needs root.</summary>
public sealed class SmallFileSystem : IDisposable
{
    private readonly ScratchFolder _folder = new();

    /// <param name="megabytes">Its size.</param>
    /// <param name="entries">Most files and folders it holds; 0 for as many as fit.</param>
    public SmallFileSystem(int megabytes, int entries = 0)
    {
        _folder.Folder("small");
        Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,nr_inodes={entries}", "tmpfs", Path);
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => _folder.At("small");

    /// <summary>Makes it read-only, as the kernel does after disk errors.</summary>
    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Path);

    public void Dispose()
    {
        // Lazily: a server whose client has just failed may be in it for another moment.
        Run("umount", "--lazy", Path);
        _folder.Dispose();
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
