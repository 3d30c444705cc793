using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Setup;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Setup;

public sealed class ConfigurationTestTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Should_name_every_problem_of_a_file_that_cannot_be_read()
    {
        string path = _scratch.File("replexon.json", """{ "tagret": "/nas", "backup": { "maxShrinkPercent": "many" } }""");
        IReadOnlyList<Check> checks = await TestAsync(path);
        Assert.Equal(2, checks.Count);
        Assert.All(checks, check => Assert.Equal(("RPX-CFG-001", CheckStatus.Fail), (check.Id, check.Status)));
    }

    [Fact]
    public async Task Should_say_that_a_target_does_not_answer()
    {
        string path = _scratch.File("replexon.json", """{ "source": "/nowhere", "target": "rsync://127.0.0.1:1/module" }""");
        Check answer = (await TestAsync(path)).Single(check => check.Id == "RPX-CFG-006");
        Assert.Equal(CheckStatus.Fail, answer.Status);
        Assert.Contains("127.0.0.1", answer.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_not_ask_a_target_that_shall_not_be_asked()
    {
        string path = _scratch.File("replexon.json", """{ "source": "/nowhere", "target": "rsync://127.0.0.1:1/module" }""");
        IReadOnlyList<Check> checks = await new ConfigurationTest().RunAsync(path, new ConfigurationOverrides(), skipTarget: true, null, default);
        Assert.DoesNotContain(checks, check => check.Id == "RPX-CFG-006");
    }

    [Theory]
    [InlineData("\"webhooks\": { \"slack\": \"/no/such/file\" }", CheckStatus.Fail)]
    [InlineData("\"alerts\": { \"ping\": \"http://hc.example.org/x\" }", CheckStatus.Fail)]
    [InlineData("\"webhooks\": { \"slack\": \"https://127.0.0.1:1/s3cret\" }", CheckStatus.Pass)]
    public async Task Should_look_at_the_channels_for_alerts_and_send_nothing(string settings, CheckStatus expected)
    {
        string path = _scratch.File("replexon.json", $$"""{ "source": "/nowhere", "target": "/nowhere", {{settings}} }""");
        Check channels = (await TestAsync(path)).Single(check => check.Id == "RPX-CFG-007");
        Assert.Equal(expected, channels.Status);
        Assert.DoesNotContain("s3cret", channels.Evidence, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<Check>> TestAsync(string path) =>
        new ConfigurationTest().RunAsync(path, new ConfigurationOverrides(), skipTarget: false, null, default);
}
