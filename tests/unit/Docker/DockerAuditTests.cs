using System.Text.Json;
using RePlexOn.Checks;
using RePlexOn.Security.Docker;

namespace RePlexOn.Tests.Docker;

/// <summary>A real engine is asked about real containers.</summary>
public sealed class DockerAuditTests(PlantedContainers containers) : IClassFixture<PlantedContainers>
{
    private static readonly DockerAuditOptions All = new() { IncludeStopped = true };

    public static TheoryData<string> Names => [.. PlantedContainers.Planted.Keys];

    [DockerTheory]
    [MemberData(nameof(Names))]
    public async Task Should_find_what_is_planted_and_nothing_else(string container)
    {
        DockerAuditResult found = await containers.AuditAsync(new DockerAuditOptions { Names = [container] });

        Assert.Equal(1, found.Containers);
        Assert.Equal(
            containers.In(container).Order(StringComparer.Ordinal),
            found.Issues.Select(issue => $"{issue.Id} {issue.Subject}".TrimEnd()).Order(StringComparer.Ordinal));
        Assert.All(found.Issues, issue =>
        {
            Assert.Equal(container, issue.Container);
            Assert.Equal(container == "root-hopeful" ? CheckStatus.Unknown : CheckStatus.Fail, issue.Status);
            Assert.DoesNotContain(issue.Evidence, char.IsControl);
            Assert.NotEmpty(issue.Evidence);
            Assert.NotEmpty(issue.Remediation);
        });
    }

    [DockerFact]
    public async Task Should_look_at_all_containers_in_the_order_of_their_names()
    {
        DockerAuditResult found = await containers.AuditAsync(All);

        Assert.Equal(PlantedContainers.Planted.Count, found.Containers);
        Assert.Equal(0, found.Stopped);
        Assert.Equal(found.Issues.Select(issue => issue.Container).Order(StringComparer.Ordinal), found.Issues.Select(issue => issue.Container));
    }

    [DockerFact]
    public async Task Should_look_at_running_containers_alone_unless_asked()
    {
        containers.Engine.Run("start", "no-pids-limit");
        DockerAuditResult found = await containers.AuditAsync(new DockerAuditOptions());
        containers.Engine.Run("kill", "no-pids-limit");

        Assert.Equal(1, found.Containers);
        Assert.Equal(PlantedContainers.Planted.Count - 1, found.Stopped);
        Assert.Equal("RPX-DKR-021", Assert.Single(found.Issues).Id);
    }

    [DockerFact]
    public async Task Should_take_wildcards_and_a_least_severity()
    {
        DockerAuditResult found = await containers.AuditAsync(
            new DockerAuditOptions { Names = ["host-*", "privilege?"], MinimumSeverity = CheckSeverity.High });

        Assert.Equal(4, found.Containers);
        Assert.Equal(["host-pid", "privileged"], found.Issues.Select(issue => issue.Container));
    }

    [DockerFact]
    public async Task Should_say_that_there_is_no_container_of_a_name()
    {
        var trouble = await Assert.ThrowsAsync<RePlexOnException>(() => containers.AuditAsync(new DockerAuditOptions { Names = ["good", "none-such"] }));

        Assert.Equal("ContainerNotFound", trouble.ErrorId);
        Assert.Empty((await containers.AuditAsync(new DockerAuditOptions { Names = ["none-*"] })).Issues);
    }

    [DockerFact]
    public async Task Should_find_the_same_in_what_inspect_prints()
    {
        string json = containers.Engine.Run(["inspect", .. PlantedContainers.Planted.Keys]);

        DockerAuditResult found = DockerAudit.Read(json, "inspect.json", new DockerAuditOptions(), CancellationToken.None);

        Assert.Equal((await containers.AuditAsync(All)).Issues, found.Issues);
    }

    [DockerFact]
    public void Should_not_look_at_files_for_the_containers_of_another_machine()
    {
        string json = containers.Engine.Run("inspect", "open-source", "open-parent", "sticky-source", "owned-by-root", "sensitive-writable");

        DockerAuditResult found = DockerAudit.Read(json, "inspect.json", new DockerAuditOptions { IsOtherMachine = true }, CancellationToken.None);

        Assert.Equal("RPX-DKR-009", Assert.Single(found.Issues).Id);
    }

    [DockerFact]
    public async Task Should_tell_no_secret()
    {
        DockerAuditResult found = await containers.AuditAsync(All);

        Assert.DoesNotContain(PlantedContainers.Secret, JsonSerializer.Serialize(found), StringComparison.Ordinal);
        Assert.DoesNotContain(PlantedContainers.Secret, string.Concat(found.Issues), StringComparison.Ordinal);
        Assert.DoesNotContain(
            PlantedContainers.Secret, DockerRemediationScript.Write(found.Issues, new DockerRemediationOptions()), StringComparison.Ordinal);
    }
}
