using RePlexOn.Plex;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Plex;

public sealed class PlexDataDirectoryTests : IDisposable
{
    private readonly TemporaryPlex _plex = new();

    public void Dispose() => _plex.Dispose();

    [Fact]
    public void Should_open_a_data_directory()
    {
        var path = _plex.Create();

        var directory = PlexDataDirectory.Open(path + "/");

        Assert.Equal(path, directory.Path);
        Assert.Equal("attic", directory.Preferences.FriendlyName);
        Assert.Empty(directory.OutsideLinks);
        Assert.Null(directory.ServerVersion);
        Assert.False(directory.IsServerRunning);
    }

    [Fact]
    public void Should_say_when_the_folder_is_missing_or_empty()
    {
        Assert.Equal("SourceMissing", Refuse(_plex.At("no")).ErrorId);

        Directory.CreateDirectory(_plex.At("mnt/lost+found"));
        var empty = Refuse(_plex.At("mnt"));
        Assert.Equal(("SourceEmpty", ExitCode.Failed), (empty.ErrorId, empty.ExitCode));
        Assert.Contains("not mounted", empty.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_say_what_is_missing()
    {
        _plex.Write("a/Preferences.xml", TemporaryPlex.Preferences);
        Assert.EndsWith("the library database (Plug-in Support/Databases/com.plexapp.plugins.library.db) is missing.", Refuse(_plex.At("a")).Message, StringComparison.Ordinal);

        _plex.Write("b/Plug-in Support/Databases/com.plexapp.plugins.library.db", "");
        Assert.EndsWith("Preferences.xml is missing.", Refuse(_plex.At("b")).Message, StringComparison.Ordinal);

        _plex.Write("c/photo.jpg", "");
        var neither = Refuse(_plex.At("c"));
        Assert.Equal("SourceNotPlex", neither.ErrorId);
        Assert.Contains("Preferences.xml and the library database", neither.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("srv/Library/Application Support")]
    [InlineData("srv/Library")]
    [InlineData("srv")]
    [InlineData("srv/Library/Application Support/Plex Media Server/Plug-in Support/Databases")]
    [InlineData("srv/Library/Application Support/Plex Media Server/Preferences.xml")]
    public void Should_name_the_right_path_when_one_near_it_was_given(string given)
    {
        var right = _plex.Create("srv/Library/Application Support/Plex Media Server");

        var exception = Refuse(_plex.At(given));

        Assert.Equal("SourceNotPlex", exception.ErrorId);
        Assert.Equal($"Give '{right}' instead.", exception.Advice);
    }

    [Fact]
    public void Should_say_when_this_user_may_not_read_it()
    {
        var path = _plex.Create();
        File.SetUnixFileMode(_plex.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(path + "/Preferences.xml", UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var exception = AsNobody.Run(() => Refuse(path));

        Assert.Equal("SourceUnreadable", exception.ErrorId);
        Assert.Contains("Preferences.xml", exception.Message, StringComparison.Ordinal);
        Assert.Contains("root", exception.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_name_links_that_lead_out()
    {
        var path = _plex.Create();
        Directory.CreateDirectory(_plex.At("big/Metadata"));
        Directory.CreateDirectory(path + "/Media/localhost");
        Directory.CreateDirectory(path + "/Logs");
        File.CreateSymbolicLink(path + "/Metadata", "../big/Metadata");
        File.CreateSymbolicLink(path + "/Media/other", _plex.At("unmounted"));
        File.CreateSymbolicLink(path + "/Media/inside", path + "/Media/localhost");
        File.CreateSymbolicLink(path + "/Cache", _plex.At("big"));
        File.CreateSymbolicLink(path + "/Logs/far", _plex.At("big"));

        Assert.Equal(["Media/other", "Metadata"], PlexDataDirectory.Open(path).OutsideLinks);

        // The same when the way to the directory is a link itself, and a link inside spells the real path.
        File.CreateSymbolicLink(_plex.At("way"), path);
        Assert.Equal(["Media/other", "Metadata"], PlexDataDirectory.Open(_plex.At("way")).OutsideLinks);
    }

    [Fact]
    public void Should_read_the_version_from_the_newest_log_that_reaches_back_to_a_start()
    {
        var path = _plex.Create();
        _plex.Write("Plex Media Server/Logs/Plex Media Server.log", "Feb 07, 2026 03:00:00.000 [123] DEBUG - BPQ: [Idle] -> [Starting]\n");
        _plex.Write("Plex Media Server/Logs/Plex Media Server.1.log",
            "Feb 06, 2026 12:48:39.648 [136529588505400] INFO - Plex Media Server v1.43.0.10467-2b1ba6e69 - Ubuntu x86_64 - build: linux-x86_64 debian - GMT -05:00\n");
        _plex.Write("Plex Media Server/Logs/Plex Media Server.2.log", "Feb 05, 2026 12:48:39.648 [1] INFO - Plex Media Server v1.42.0.1-abc - \n");

        Assert.Equal("1.43.0.10467-2b1ba6e69", PlexDataDirectory.Open(path).ServerVersion);
    }

    [Fact]
    public void Should_see_a_running_server_and_no_stale_process_file()
    {
        var directory = PlexDataDirectory.Open(_plex.Create());
        var process = _plex.StartServer();
        _plex.Write("Plex Media Server/plexmediaserver.pid", $"{process.Id}\n");
        WaitFor(() => directory.ServerProcessId == process.Id);
        Assert.True(directory.IsServerRunning);

        _plex.Write("Plex Media Server/plexmediaserver.pid", $"{Environment.ProcessId}");
        Assert.False(directory.IsServerRunning);
        _plex.Write("Plex Media Server/plexmediaserver.pid", "nonsense");
        Assert.False(directory.IsServerRunning);
    }

    [Fact]
    public void Should_see_a_server_that_runs_in_a_container()
    {
        var directory = PlexDataDirectory.Open(_plex.Create());
        _plex.Write("Plex Media Server/plexmediaserver.pid", "1");
        Assert.False(directory.IsServerRunning);

        // In a process namespace of its own the server is number 1.
        var launcher = _plex.StartServer(["unshare", "--pid", "--fork", "--kill-child"]);
        WaitFor(() => directory.IsServerRunning);
        Assert.NotEqual(launcher.Id, directory.ServerProcessId);
        Assert.NotEqual(1, directory.ServerProcessId);
    }

    private static RePlexOnException Refuse(string path) => Assert.Throws<RePlexOnException>(() => PlexDataDirectory.Open(path));

    // A new process carries its parent's name until it has become the program.
    private static void WaitFor(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(() => { Thread.Sleep(20); return condition(); }, TimeSpan.FromSeconds(20)));
}
