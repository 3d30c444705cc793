using RePlexOn.IntegrationTests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary><c>replexon docker audit</c>, over what docker inspect prints.</summary>
public sealed class DockerCommandTests : IDisposable
{
    private const string Secret = "hunter2";

    private const string Inspected = $$"""
        [{
          "Id": "7d3a", "Name": "/plex",
          "Config": { "Image": "plexinc/pms-docker", "User": "", "Env": ["PLEX_UID=1000", "PLEX_CLAIM={{Secret}}"] },
          "HostConfig": { "Privileged": true, "Memory": 0, "PidsLimit": 200, "SecurityOpt": ["no-new-privileges"] },
          "Mounts": []
        }]
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("replexon-test-").FullName;

    private string InspectFile => Path.Combine(_folder, "inspect.json");

    private string Script => Path.Combine(_folder, "fix.sh");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Should_print_what_it_found_and_no_secret()
    {
        await File.WriteAllTextAsync(InspectFile, Inspected);

        CommandResult text = await RunAsync("--inspect", InspectFile);
        CommandResult json = await RunAsync("--inspect", InspectFile, "--json");

        Assert.Contains("plex: [Critical] Runs privileged (RPX-DKR-002)", text.Output, StringComparison.Ordinal);
        Assert.Contains("Issues: 4. Containers looked at: 1.", text.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["RPX-DKR-002", "RPX-DKR-015", "RPX-DKR-020", "RPX-DKR-022"],
            json.Json.EnumerateArray().Select(issue => issue.GetProperty("id").GetString()));
        Assert.DoesNotContain(Secret, $"{text}{json}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_write_a_script_once()
    {
        await File.WriteAllTextAsync(InspectFile, Inspected);
        string[] arguments = ["--inspect", InspectFile, "--script", Script, "--memory-limit", "4g"];

        Assert.Equal(0, (await RunAsync(arguments)).ExitCode);
        Assert.Contains("change --apply 'docker' 'update' '--memory' '4g'", await File.ReadAllTextAsync(Script), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(Script), StringComparison.Ordinal);
        CommandResult again = await RunAsync([.. arguments, "--json"]);
        Assert.Equal((int)ExitCode.Usage, again.ExitCode);
        Assert.Equal("ScriptExists", again.Json.GetProperty("errorId").GetString());
        Assert.Equal(0, (await RunAsync([.. arguments, "--force"])).ExitCode);
    }

    [Theory]
    [InlineData("unix:///no/such/docker.sock", "DockerNotFound", ExitCode.Failed)]
    [InlineData("tcp://127.0.0.1:2375", "DockerHostUnsupported", ExitCode.Usage)]
    public async Task Should_say_why_docker_cannot_be_asked(string host, string errorId, ExitCode exitCode)
    {
        CommandResult result = await RunningCommand.Start([("DOCKER_HOST", host)], "docker", "audit", "--json", "--script", Script).EndAsync();

        Assert.Equal((int)exitCode, result.ExitCode);
        Assert.Equal(errorId, result.Json.GetProperty("errorId").GetString());
        Assert.False(File.Exists(Script));
    }

    [Fact]
    public async Task Should_say_that_a_file_cannot_be_read()
    {
        CommandResult result = await RunAsync("--inspect", InspectFile, "--json");

        Assert.Equal((int)ExitCode.Usage, result.ExitCode);
        Assert.Equal("DockerInspectUnreadable", result.Json.GetProperty("errorId").GetString());
    }

    private static Task<CommandResult> RunAsync(params string[] arguments) =>
        RunningCommand.Start([("DOCKER_HOST", "unix:///no/such/docker.sock")], ["docker", "audit", .. arguments]).EndAsync();
}
