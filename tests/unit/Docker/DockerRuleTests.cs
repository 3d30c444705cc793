using System.Net.Sockets;
using RePlexOn.Configuration;
using RePlexOn.Security.Docker;
using RePlexOn.Tests.Fixtures;
using RePlexOn.Tests.Plex;

namespace RePlexOn.Tests.Docker;

/// <summary>What the rules know, without an engine.</summary>
public sealed class DockerRuleTests
{
    [Theory]
    [InlineData("PLEX_CLAIM")]
    [InlineData("MYSQL_PASS")]
    [InlineData("MYSQL_PWD")]
    [InlineData("POSTGRES_PASSWORD")]
    [InlineData("AWS_ACCESS_KEY_ID")]
    [InlineData("AWS_SECRET_ACCESS_KEY")]
    [InlineData("RADARR_API_KEY")]
    [InlineData("radarrApiKey")]
    [InlineData("X-Plex-Token")]
    [InlineData("SECRET_KEY_BASE")]
    [InlineData("DB_PASSWORD2")]
    [InlineData("APIKEY")]
    [InlineData("smtp.password")]
    public void Should_know_a_secret_by_its_name(string name) => Assert.True(SecretName.Matches(name));

    [Theory]
    [InlineData("POSTGRES_PASSWORD_FILE")]
    [InlineData("FILE__PASSWORD")]
    [InlineData("PLEX_CLAIM_FILE")]
    [InlineData("GPG_KEY")]
    [InlineData("PWD")]
    [InlineData("PATH")]
    [InlineData("TOKEN_EXPIRY")]
    [InlineData("MYSQL_ALLOW_EMPTY_PASSWORD")]
    [InlineData("MYSQL_RANDOM_ROOT_PASSWORD")]
    [InlineData("COMPASS")]
    [InlineData("KEYBOARD")]
    [InlineData("INSURANCE_CLAIM")]
    [InlineData("")]
    public void Should_not_take_every_name_for_a_secret(string name) => Assert.False(SecretName.Matches(name));

    [Theory]
    [InlineData("plex", null, "plex", null, false)]
    [InlineData("linuxserver/plex:latest", null, "linuxserver/plex", "latest", false)]
    [InlineData("lscr.io/linuxserver/plex:1.42", "lscr.io", "linuxserver/plex", "1.42", false)]
    [InlineData("localhost:5000/plex", "localhost:5000", "plex", null, false)]
    [InlineData("plex:1@sha256:8be990ef2aeb16dbcb9271ddfe2610fa6658d13f6dfb8bc72074cc1ca36966a7", null, "plex", "1", true)]
    [InlineData("sha256:8be990ef2aeb16dbcb9271ddfe2610fa6658d13f6dfb8bc72074cc1ca36966a7", null,
        "sha256:8be990ef2aeb16dbcb9271ddfe2610fa6658d13f6dfb8bc72074cc1ca36966a7", null, true)]
    [InlineData("", null, "", null, false)]
    public void Should_read_the_name_of_an_image(string text, string? registry, string repository, string? tag, bool isPinned) =>
        Assert.Equal(new ImageName(registry, repository, tag, isPinned), ImageName.Parse(text));

    [Theory]
    [InlineData("/", true)]
    [InlineData("/etc", true)]
    [InlineData("/etc/ssl", true)]
    [InlineData("/var", true)]
    [InlineData("/var/lib/docker/volumes", true)]
    [InlineData("/variable", false)]
    [InlineData("/etcetera", false)]
    [InlineData("/srv/etc", false)]
    [InlineData("/home/plex/usr", false)]
    [InlineData("/var/lib/plexmediaserver", false)]
    public void Should_know_what_the_host_lives_by_by_whole_segments(string path, bool sensitive) =>
        Assert.Equal(sensitive, HostPaths.IsSensitive(path));

    [Theory]
    [InlineData("/dev/shm", true, true)]
    [InlineData("/dev/dri/renderD128", true, true)]
    [InlineData("/dev/sda", false, false)]
    [InlineData("/etc/localtime", false, true)]
    [InlineData("/etc/localtime", true, false)]
    [InlineData("/etc", false, false)]
    public void Should_let_pass_what_half_of_all_containers_have(string path, bool writable, bool harmless) =>
        Assert.Equal(harmless, HostPaths.IsForAll(path, writable));

    [Fact]
    public void Should_say_nothing_of_memory_and_graphics_for_transcoding()
    {
        ContainerInspection container = Container("1000", "", "plex:1") with
        {
            Mounts =
            [
                new MountPoint { Type = "bind", Source = "/dev/shm", Destination = "/transcode", RW = true },
                new MountPoint { Type = "bind", Source = "/dev/dri", Destination = "/dev/dri", RW = true },
            ],
        };

        Assert.Empty(Find(container, EngineInfo.Defaults, [.. MountRules.All.Select(rule => rule.Id)]));
    }

    [Theory]
    [InlineData("/var/run/docker.sock")]
    [InlineData("/srv/proxy/docker.sock")]
    [InlineData("/run")]
    [InlineData("/run/containerd/containerd.sock")]
    public void Should_know_an_engine_by_its_socket(string path) => Assert.True(HostPaths.IsEngineSocket(path));

    [Theory]
    [InlineData("", "", "plex:1", true)]
    [InlineData("0:1000", "", "plex:1", true)]
    [InlineData("root", "", "plex:1", true)]
    [InlineData("00", "", "plex:1", true)]
    [InlineData("1000", "", "plex:1", false)]
    [InlineData("plex:plex", "", "plex:1", false)]
    [InlineData("", "PUID=1000", "lscr.io/linuxserver/plex:1", false)]
    [InlineData("", "", "lscr.io/linuxserver/plex:1", false)]
    [InlineData("", "PUID=0", "lscr.io/linuxserver/plex:1", true)]
    [InlineData("", "PGID=0", "lscr.io/linuxserver/plex:1", true)]
    [InlineData("", "PLEX_UID=1000", "plexinc/pms-docker:1", false)]
    [InlineData("", "PLEX_UID=0", "plexinc/pms-docker:1", true)]
    [InlineData("", "PUID=1000", "plexinc/other:1", true)]
    [InlineData("", "PUID=1000", "evil.example/linuxserver/plex:1", true)]
    public void Should_tell_root_that_stays_root(string user, string variable, string image, bool found) =>
        Assert.Equal(found, Find(Container(user, variable, image), EngineInfo.Defaults, "RPX-DKR-001").Any());

    [Theory]
    [InlineData("name=userns", null, false)]
    [InlineData("name=rootless", null, false)]
    [InlineData("name=userns", "host", true)]
    [InlineData("name=seccomp,profile=builtin", null, true)]
    public void Should_heed_user_namespaces(string option, string? mode, bool found)
    {
        ContainerInspection container = Container("", "", "plex:1");
        container = container with { HostConfig = container.HostConfig! with { UsernsMode = mode } };

        Assert.Equal(found, Find(container, new EngineInfo { SecurityOptions = [option] }, "RPX-DKR-001").Any());
    }

    [Theory]
    [InlineData("no-new-privileges", false)]
    [InlineData("no-new-privileges:true", false)]
    [InlineData("no-new-privileges=true", false)]
    [InlineData("no-new-privileges:false", true)]
    public void Should_let_a_container_overrule_the_engine(string option, bool found)
    {
        ContainerInspection container = Container("1000", "", "plex:1");
        var engine = new EngineInfo { SecurityOptions = ["name=no-new-privileges", "name=seccomp,profile=unconfined"] };

        Assert.Empty(Find(container, engine, "RPX-DKR-016"));
        Assert.Single(Find(container, engine, "RPX-DKR-017"));
        container = container with { HostConfig = container.HostConfig! with { SecurityOpt = [option] } };
        Assert.Equal(found, Find(container, engine, "RPX-DKR-016").Any());
    }

    [Theory]
    [InlineData("0777", "RPX-DKR-011")]
    [InlineData("0776", "RPX-DKR-011")]
    [InlineData("0766", "RPX-DKR-011")]
    [InlineData("0772", "RPX-DKR-011")]
    [InlineData("0773", "RPX-DKR-011")]
    [InlineData("1777", "RPX-DKR-013")]
    [InlineData("0755", null)]
    [InlineData("0775", null)]
    [InlineData("0747", "RPX-DKR-011")]
    public void Should_read_modes_by_their_bits(string mode, string? expected)
    {
        using var folder = new ScratchFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        string source = folder.Folder("source");
        File.SetUnixFileMode(source, (UnixFileMode)Convert.ToInt32(mode, 8));
        ContainerInspection container = Container("1000", "", "plex:1") with { Mounts = [new MountPoint { Type = "bind", Source = source, Destination = "/x" }] };

        Assert.Equal(expected, Find(container, EngineInfo.Defaults, "RPX-DKR-011", "RPX-DKR-012", "RPX-DKR-013").SingleOrDefault()?.Id);

        // Behind a closed door nobody gets to it.
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Empty(Find(container, EngineInfo.Defaults, "RPX-DKR-011", "RPX-DKR-012", "RPX-DKR-013"));
    }

    [Fact]
    public void Should_follow_a_link_to_what_it_hides()
    {
        using var folder = new ScratchFolder();
        File.CreateSymbolicLink(folder.At("link"), "/etc");
        ContainerInspection container = Container("1000", "", "plex:1") with
        {
            Mounts = [new MountPoint { Type = "bind", Source = folder.At("link"), Destination = "/x", RW = true }],
        };

        DockerIssue issue = Assert.Single(Find(container, EngineInfo.Defaults, "RPX-DKR-009"));
        Assert.Contains("(which is /etc)", issue.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_know_administrators_by_name_and_group()
    {
        using var folder = new ScratchFolder();
        folder.File("passwd", "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/:/bin/sh\nbob:x:1001:27::/:/bin/sh\ntruenas_admin:x:950:950::/:/bin/sh\neve:x:1003:1003::/:\nbroken\n");
        folder.File("group", "sudo:x:27:ann\nusers:x:100:eve\n");

        var accounts = AdministratorAccounts.Read(folder.Path);

        Assert.Equal(["root", "ann", "bob", "truenas_admin", null], new uint[] { 0, 1000, 1001, 950, 1003 }.Select(accounts.NameOf));
        Assert.Equal("root", AdministratorAccounts.Read(folder.At("none")).NameOf(0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("\"hunter2\"")]
    [InlineData("[null]")]
    [InlineData("""[{"Id": "x", "RepoTags": ["plex:1"], "Config": {"Env": ["A_TOKEN=hunter2"]}}]""")]
    [InlineData("""[{"Name": "/x", "Config": {"Env": "A_TOKEN=hunter2"}, "HostConfig": {}}]""")]
    public void Should_refuse_what_inspect_does_not_print_and_quote_none_of_it(string json)
    {
        var trouble = Assert.Throws<RePlexOnException>(() => DockerAudit.Read(json, "that.json", new DockerAuditOptions(), CancellationToken.None));

        Assert.Equal("DockerInspectInvalid", trouble.ErrorId);
        Assert.Contains("that.json", trouble.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", trouble.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_read_one_container_an_array_and_several_in_a_row()
    {
        const string One = """{"Id": "1", "Name": "/a", "Config": {"Image": "x:1", "Env": null, "Labels": {}}, "HostConfig": {"Memory": 1}, "Mounts": null}""";

        foreach (string json in new[] { One, $"[{One}]", $"[{One}]\n{One}\n[{One},{One}]" })
        {
            DockerAuditResult found = DockerAudit.Read(json, "it", new DockerAuditOptions(), CancellationToken.None);
            Assert.Equal(json.Split("\"Id\"").Length - 1, found.Containers);
        }
    }

    [Fact]
    public void Should_show_no_control_character_of_what_others_wrote()
    {
        const string Json = """{"Id": "1", "Name": "/a\u001b[2J\n", "Config": {"Image": "x\u0007", "Env": ["\u001b_TOKEN=1"]}, "HostConfig": {}}""";

        DockerAuditResult found = DockerAudit.Read(Json, "it", new DockerAuditOptions(), CancellationToken.None);

        Assert.Contains(found.Issues, issue => issue.Id == "RPX-DKR-015");
        Assert.All(found.Issues, issue => Assert.DoesNotContain(issue.Container + issue.Image + issue.Evidence, char.IsControl));
    }

    [Fact]
    public async Task Should_say_that_there_is_no_docker()
    {
        using var folder = new ScratchFolder();

        Assert.Equal("DockerNotFound", (await TroubleAsync($"unix://{folder.At("none.sock")}")).ErrorId);
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(folder.At("deaf.sock")));
            Assert.Equal("DockerSilent", (await TroubleAsync($"unix://{folder.At("deaf.sock")}")).ErrorId);
        }

        Assert.Equal("DockerHostUnsupported", (await TroubleAsync("tcp://192.168.1.10:2375")).ErrorId);
    }

    [Theory]
    [InlineData("not json", "200 OK")]
    [InlineData("{}", "500 Internal Server Error")]
    public async Task Should_say_that_something_else_answers(string answer, string status)
    {
        using var folder = new ScratchFolder();
        await using var server = new EngineApiServer(folder.At("docker.sock"), answer, status);

        Assert.Equal("DockerAnswerInvalid", (await TroubleAsync($"unix://{folder.At("docker.sock")}")).ErrorId);
    }

    [Fact]
    public void Should_give_every_rule_an_id_of_its_own() =>
        Assert.Equal(DockerRules.All.Select((_, index) => $"RPX-DKR-{index + 1:000}"), DockerRules.All.Select(rule => rule.Id));

    private static async Task<RePlexOnException> TroubleAsync(string host)
    {
        var user = new UserEnvironment(IsRoot: true, "/root", new Dictionary<string, string> { ["DOCKER_HOST"] = host });
        return await Assert.ThrowsAsync<RePlexOnException>(
            () => new DockerAudit(user).RunAsync(new DockerAuditOptions(), progress: null, CancellationToken.None));
    }

    private static ContainerInspection Container(string user, string variable, string image) => new()
    {
        Id = "1",
        Name = "/plex",
        Config = new ContainerSettings { Image = image, User = user, Env = [variable] },
        HostConfig = new HostSettings(),
    };

    private static IEnumerable<DockerIssue> Find(ContainerInspection container, EngineInfo engine, params string[] ids)
    {
        var facts = new ContainerFacts(container, engine, AdministratorAccounts.Read(), lookAtFiles: true);
        return DockerRules.All.Where(rule => ids.Contains(rule.Id)).SelectMany(rule => rule.Apply(facts));
    }
}
