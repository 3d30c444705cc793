using System.Diagnostics;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Plex;

/// <summary>A folder of a test's own in which Plex data directories can be laid out and servers be started; all is removed and ended.</summary>
internal sealed class TemporaryPlex : IDisposable
{
    public const string Preferences = """
        <?xml version="1.0" encoding="utf-8"?>
        <Preferences MachineIdentifier="11111111-2222-3333-4444-555555555555" FriendlyName="attic" PlexOnlineToken="never-show-this"/>

        """;

    private readonly List<Process> _processes = [];

    public string Path { get; } = Directory.CreateTempSubdirectory("rpx").FullName;

    public string At(string relative) => System.IO.Path.Join(Path, relative);

    public string Write(string relative, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(relative))!);
        File.WriteAllText(At(relative), text);
        return At(relative);
    }

    /// <summary>Lays out a data directory.</summary>
    public string Create(string relative = "Plex Media Server")
    {
        Write(relative + "/Preferences.xml", Preferences);
        Write(relative + "/Plug-in Support/Databases/com.plexapp.plugins.library.db", "");
        return At(relative);
    }

    /// <summary>Starts a process that the kernel knows as Plex Media Server; it does nothing.</summary>
    /// <param name="launcher">Program and arguments to start it through; none for directly.</param>
    /// <param name="variables">Its environment.</param>
    public Process StartServer(string[]? launcher = null, params (string Name, string Value)[] variables)
    {
        var program = At("bin/Plex Media Server");
        if (!File.Exists(program))
        {
            Directory.CreateDirectory(At("bin"));
            ScratchFolder.Sleeper(program);
        }

        string[] words = [.. launcher ?? [], program, "600"];
        var start = new ProcessStartInfo(words[0], words[1..]);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        _processes.Add(process);
        return process;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(Path, recursive: true);
    }
}
