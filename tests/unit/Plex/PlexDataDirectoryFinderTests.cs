using System.Globalization;
using RePlexOn.Files;
using RePlexOn.Plex;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Plex;

public sealed class PlexDataDirectoryFinderTests : IDisposable
{
    private const string Library = "Library/Application Support/Plex Media Server";

    private readonly TemporaryPlex _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Should_find_nothing_on_an_empty_machine() => Assert.Empty(Find());

    [Theory]
    [InlineData("/var/lib/plexmediaserver/" + Library, PlexInstallationKind.Package)]
    [InlineData("/var/snap/plexmediaserver/common/" + Library, PlexInstallationKind.Snap)]
    [InlineData("/var/packages/PlexMediaServer/shares/PlexMediaServer/AppData/Plex Media Server", PlexInstallationKind.Synology)]
    [InlineData("/var/lib/plex/Plex Media Server", PlexInstallationKind.Arch)]
    [InlineData("/config/" + Library, PlexInstallationKind.Docker)]
    [InlineData("/config/Plex Media Server", PlexInstallationKind.Docker)]
    [InlineData("/config", PlexInstallationKind.Docker)]
    public void Should_find_what_packages_and_images_make(string place, PlexInstallationKind kind)
    {
        var path = _root.Create(place);
        _root.Write("/etc/passwd", "root:x:0:0::/root:/bin/sh\nplex:x:997:997::/var/lib/plexmediaserver:/usr/sbin/nologin\n");
        new FileOwner(997, 997).ApplyTo(path);

        var installation = Assert.Single(Find());

        Assert.Equal((path, kind, "plex", true), (installation.Path, installation.Kind, installation.RunsAsUser, installation.IsReadable));
        Assert.NotEmpty(installation.Evidence);
    }

    [Theory]
    [InlineData("/etc/systemd/system/plexmediaserver.service.d/override.conf", "[Service]\nEnvironment=\"PLEX_MEDIA_SERVER_APPLICATION_SUPPORT_DIR=/mnt/my disk/Plex\"\nUser=me\n")]
    [InlineData("/etc/systemd/system/plexmediaserver.service.d/override.conf", "Environment=A=b 'PLEX_MEDIA_SERVER_APPLICATION_SUPPORT_DIR=/mnt/my disk/Plex/' C=d")]
    [InlineData("/etc/systemd/system/plexmediaserver.service.d/x.conf", "Environment=PLEX_MEDIA_SERVER_APPLICATION_SUPPORT_DIR=/mnt/my\\x20disk/Plex C=d")]
    [InlineData("/usr/lib/systemd/system/plexmediaserver.service", "Environment=PLEX_MEDIA_SERVER_APPLICATION_SUPPORT_DIR=\"/mnt/my disk/Plex\"")]
    [InlineData("/etc/default/plexmediaserver", "# PLEX_MEDIA_SERVER_APPLICATION_SUPPORT_DIR=/old\nexport PLEX_MEDIA_SERVER_APPLICATION_SUPPORT_DIR=\"/mnt/my disk/Plex\"\n")]
    public void Should_find_where_the_service_puts_it(string file, string text)
    {
        var path = _root.Create("/mnt/my disk/Plex/Plex Media Server");
        _root.Create("/old/Plex Media Server");
        _root.Write(file, text);

        var installation = Assert.Single(Find());

        Assert.Equal((path, PlexInstallationKind.Package, $"named in {file}"), (installation.Path, installation.Kind, installation.Evidence));
    }

    [Fact]
    public void Should_name_a_directory_once_with_all_that_speaks_for_it()
    {
        var path = _root.Create("/mnt/ssd/" + Library);
        Directory.CreateDirectory(_root.At("/var/lib"));
        File.CreateSymbolicLink(_root.At("/var/lib/plexmediaserver"), _root.At("/mnt/ssd"));
        _root.Write("/etc/default/plexmediaserver", "PLEX_MEDIA_SERVER_APPLICATION_SUPPORT_DIR='/mnt/ssd/Library/Application Support'");
        FakeProcess(77, "Plex Media Serv\n", "Uid:\t1000\t1000\t1000\t1000\n", "HOME=/var/lib/plexmediaserver\0");
        _root.Write("/etc/passwd", "me:x:1000:1000::/home/me:/bin/sh\n");

        var installation = Assert.Single(Find());

        Assert.Equal((path, PlexInstallationKind.Package, "me"), (installation.Path, installation.Kind, installation.RunsAsUser));
        Assert.Equal("named in /etc/default/plexmediaserver; where the deb and rpm packages put it; used by process 77", installation.Evidence);
    }

    [Fact]
    public void Should_find_by_a_process_its_variable_home_or_working_folder()
    {
        var byVariable = _root.Create("/a/Plex Media Server");
        var byHome = _root.Create("/b/" + Library);
        var byFolder = _root.Create("/c/data");
        _root.Create("/d/Plex Media Server");
        FakeProcess(10, "Plex Media Serv\n", "", "X=1\0PLEX_MEDIA_SERVER_APPLICATION_SUPPORT_DIR=/a/\0HOME=/b\0");
        FakeProcess(11, "Plex Media Serv\n", "", "HOME=/b\0");
        FakeProcess(12, "Plex Media Serv\n", "", "");
        File.CreateSymbolicLink(_root.At("/proc/12/cwd"), byFolder);
        FakeProcess(13, "bash\n", "", "PLEX_MEDIA_SERVER_APPLICATION_SUPPORT_DIR=/d\0");

        Assert.Equal([byVariable, byHome, byFolder], Find().Select(installation => installation.Path).Order());
    }

    [Fact]
    public void Should_find_a_real_process()
    {
        var path = _root.Create("/support/Plex Media Server");
        var process = _root.StartServer(null, (SystemdEnvironment.Variable, _root.At("/support")));

        // A new process carries its parent's name until it has become the program.
        Assert.True(SpinWait.SpinUntil(
            () => File.ReadAllText($"/proc/{process.Id}/comm").TrimEnd('\n') == PlexProcess.KernelName, TimeSpan.FromSeconds(20)));
        var installation = Assert.Single(new PlexDataDirectoryFinder().Find(), installation => installation.Path == path);

        Assert.Equal((PlexInstallationKind.Manual, $"used by process {process.Id}"), (installation.Kind, installation.Evidence));
        Assert.Equal(Environment.UserName, installation.RunsAsUser);
    }

    [Fact]
    public async Task Should_find_the_mounts_of_containers_by_the_engine_api()
    {
        var linuxserver = _root.Create("/srv/plex/" + Library);
        var hotio = _root.Create("/srv/hotio");
        var odd = _root.Create("/srv/odd name/Plex Media Server");
        _root.Create("/srv/unmounted/" + Library);
        await using var engine = new EngineApiServer(_root.At("/var/run/docker.sock"), """
            [
              { "Id": "a1", "Names": ["/backup"], "Image": "restic/restic", "Mounts": [{ "Type": "bind", "Source": "/srv/plex", "Destination": "/data" }] },
              { "Id": "a2", "Names": ["/plex"], "Image": "lscr.io/linuxserver/plex:latest", "Mounts": [
                { "Type": "tmpfs", "Destination": "/transcode" }, { "Type": "bind", "Source": "/srv/movies", "Destination": "/movies" },
                { "Type": "bind", "Source": "/srv/plex/", "Destination": "/config" }] },
              { "Id": "a3", "Names": ["/hotio"], "Image": "ghcr.io/hotio/plex", "Mounts": [{ "Type": "volume", "Name": "v", "Source": "/srv/hotio", "Destination": "/config" }] },
              { "Id": "a4", "Names": [], "Image": "sha256:4711", "Mounts": [{ "Type": "bind", "Source": "/srv/odd name", "Destination": "/state" }] },
              { "Id": "a5", "Names": ["/gone"], "Image": "plexinc/pms-docker", "Mounts": [{ "Type": "bind", "Source": "/srv/gone", "Destination": "/config" }] }
            ]
            """);

        var found = Find();

        Assert.Equal(["GET /containers/json?all=1 HTTP/1.1"], engine.Requests);
        Assert.Equal([linuxserver, hotio, odd], found.Select(installation => installation.Path));
        Assert.All(found, installation => Assert.Equal(PlexInstallationKind.Docker, installation.Kind));
        Assert.StartsWith("/config of the container 'plex' (image lscr.io/linuxserver/plex:latest); /data of", found[0].Evidence, StringComparison.Ordinal);
        Assert.Equal("/state of the container 'a4' (image sha256:4711)", found[2].Evidence);
    }

    [Theory]
    [InlineData("{ \"message\": \"page not found\" }", "404 Not Found")]
    [InlineData("<html>", "200 OK")]
    [InlineData("{}", "200 OK")]
    [InlineData("[{}]", "200 OK")]
    public async Task Should_go_on_without_an_engine_that_answers_otherwise(string answer, string status)
    {
        var path = _root.Create("/var/lib/plex/Plex Media Server");
        await using var engine = new EngineApiServer(_root.At("/var/run/docker.sock"), answer, status);
        Assert.Equal(path, Assert.Single(Find()).Path);
        Assert.Single(engine.Requests);
    }

    [Fact]
    public async Task Should_tell_of_places_into_which_this_user_cannot_look()
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var closed = _root.Create("/var/lib/plex/Plex Media Server");
        var visible = _root.Create("/var/lib/plexmediaserver/" + Library);
        _root.Create("/volumes/plex/" + Library);
        await using var engine = new EngineApiServer(_root.At("/var/run/docker.sock"),
            """[{ "Names": ["/plex"], "Image": "plexinc/pms-docker", "Mounts": [{ "Source": "/volumes/plex", "Destination": "/config" }] }]""");
        File.SetUnixFileMode(_root.Path, Private | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(_root.At("/var/run/docker.sock"), (UnixFileMode)0b110_110_110);
        File.SetUnixFileMode(_root.At("/var/lib/plex"), Private);
        File.SetUnixFileMode(_root.At("/volumes"), Private);
        File.SetUnixFileMode(visible + "/Preferences.xml", UnixFileMode.UserRead);

        var found = AsNobody.Run(Find);

        Assert.Equal([visible, closed, _root.At("/volumes/plex/" + Library)], found.Select(installation => installation.Path));
        Assert.All(found, installation => Assert.False(installation.IsReadable));
        Assert.EndsWith("into which this user cannot look", found[2].Evidence, StringComparison.Ordinal);
        Assert.All(Find(), installation => Assert.True(installation.IsReadable));
    }

    [Fact]
    public void Should_stop_when_asked() =>
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            _root.Create("/config");
            return new PlexDataDirectoryFinder(_root.Path).Find(new CancellationToken(canceled: true));
        });

    private List<PlexInstallation> Find() => [.. new PlexDataDirectoryFinder(_root.Path).Find()];

    private void FakeProcess(int id, string name, string status, string environment)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/");
        _root.Write(folder + "comm", name);
        _root.Write(folder + "status", status);
        _root.Write(folder + "environ", environment);
    }
}
