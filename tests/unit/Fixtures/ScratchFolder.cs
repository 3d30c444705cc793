using System.Diagnostics;

namespace RePlexOn.Tests.Fixtures;

/// <summary>A folder of a test's own, removed with all that is in it.</summary>
public sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("replexon-test-").FullName;

    /// <summary>Full path of something in it.</summary>
    public string At(string relative) => System.IO.Path.Combine(Path, relative);

    /// <summary>Makes a folder in it.</summary>
    public string Folder(string relative) => Directory.CreateDirectory(At(relative)).FullName;

    /// <summary>Writes a file in it, with the folders above.</summary>
    public string File(string relative, string content = "x")
    {
        var path = At(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Writes a file of bytes that do not compress.</summary>
    public string File(string relative, int bytes)
    {
        var path = File(relative);
        var content = new byte[bytes];
        new Random(relative.Length + bytes).NextBytes(content);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>
    /// Makes a program that sleeps, under a name of one's own. By another process: a child that a test beside this one starts
    /// just then would hold the file open for writing, and nobody could run it.
    /// </summary>
    public static void Sleeper(string path) => Files.ScratchFolder.Must(null, "cp", "--", "/usr/bin/sleep", path);

    /// <summary>Removes it; by rm, since .NET cannot delete names that are not UTF-8.</summary>
    public void Dispose()
    {
        using var remove = Process.Start("rm", ["-rf", "--one-file-system", "--", Path]);
        remove.WaitForExit();
    }
}
