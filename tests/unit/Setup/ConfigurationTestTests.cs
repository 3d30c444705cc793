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

    private static Task<IReadOnlyList<Check>> TestAsync(string path) =>
        new ConfigurationTest().RunAsync(path, new ConfigurationOverrides(), skipTarget: false, null, default);
}
