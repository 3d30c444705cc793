using System.Diagnostics;
using RePlexOn.Plex;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Restore;

public sealed class DirectoryUseTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_find_nobody_where_nobody_is()
    {
        _folder.File("data/Preferences.xml");

        Assert.Empty(DirectoryUse.Find(_folder.At("data")));
        Assert.Empty(DirectoryUse.Find(_folder.At("not there")));
    }

    [Fact]
    public void Should_find_who_has_a_file_open_through_a_link_to_the_directory()
    {
        string file = _folder.File("data/Plug-in Support/x.db");
        Directory.CreateSymbolicLink(_folder.At("link"), _folder.At("data"));
        using Process reader = Process.Start(new ProcessStartInfo("/usr/bin/tail", ["-f", file]) { RedirectStandardOutput = true })!;
        try
        {
            reader.StandardOutput.Read();

            Assert.Equal([new DirectoryUser(reader.Id, "tail")], DirectoryUse.Find(_folder.At("link")));
        }
        finally
        {
            reader.Kill();
        }
    }

    [Fact]
    public void Should_find_who_works_in_it_and_not_who_works_beside_it()
    {
        _folder.Folder("data 2");
        using Process beside = Process.Start(new ProcessStartInfo("/usr/bin/sleep", ["60"]) { WorkingDirectory = _folder.At("data 2") })!;
        using Process inside = Process.Start(new ProcessStartInfo("/usr/bin/sleep", ["60"]) { WorkingDirectory = _folder.Folder("data/Logs") })!;
        try
        {
            DirectoryUser user = Assert.Single(DirectoryUse.Find(_folder.At("data")));

            Assert.Equal($"{user.Name} (process {inside.Id})", user.ToString());
        }
        finally
        {
            beside.Kill();
            inside.Kill();
        }
    }

    [Fact]
    public void Should_count_a_server_of_another_user_whose_files_cannot_be_seen()
    {
        string program = _folder.At("Plex Media Server");
        ScratchFolder.Sleeper(program);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using Process server = Process.Start(new ProcessStartInfo(program, ["60"]) { WorkingDirectory = "/" })!;
        try
        {
            string directory = _folder.Folder("data");
            File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);

            Assert.DoesNotContain(DirectoryUse.Find(directory), user => user.Id == server.Id);
            Assert.Contains(AsNobody.Run(() => DirectoryUse.Find(directory)), user => user.Id == server.Id);
        }
        finally
        {
            server.Kill();
        }
    }

    [Fact]
    public void Should_find_the_server_that_the_process_file_names()
    {
        // A program that is named like the server, that has nothing open there: as one in a container looks from here.
        string program = _folder.At("Plex Media Server");
        ScratchFolder.Sleeper(program);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using Process server = Process.Start(new ProcessStartInfo(program, ["60"]) { WorkingDirectory = "/" })!;
        try
        {
            _folder.File("data/plexmediaserver.pid", $"{server.Id}\n");

            Assert.Contains(DirectoryUse.Find(_folder.At("data")), user => user.Id == server.Id);
        }
        finally
        {
            server.Kill();
        }
    }
}
