using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

/// <summary>A configuration that cannot be used says where it is wrong, and leaves a row in the history.</summary>
public sealed class ConfigurationRefusalTests(Places places) : IClassFixture<Places>
{
    [Theory]
    [InlineData("\"stagingDirectroy\": \"/tmp\"", "'stagingDirectroy'", "stagingDirectory")]
    [InlineData("\"backup\": { \"timeoutSeconds\": \"soon\" }", "'backup.timeoutSeconds' must be a whole number", "For example: ")]
    [InlineData("\"backup\": { \"exclude\": 7 }", "'backup.exclude' must be", "")]
    [InlineData("\"passwordFile\" \"x\"", "", "")]
    public async Task Should_name_the_place_of_a_mistake(string line, string words, string advice)
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        await File.WriteAllTextAsync(scene.ConfigurationPath,
            $"{{\n  \"stateDirectory\": \"{scene.State}\",\n  \"source\": \"{scene.Source}\",\n  {line},\n  \"target\": \"{scene.Place.Url}\"\n}}\n");

        await Refusal.ExpectAsync(
            scene, "ConfigurationInvalid", ExitCode.Usage, $"{scene.ConfigurationPath} line 4", words, advice);
    }

    [Fact]
    public async Task Should_name_a_configuration_file_that_is_missing()
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        string missing = scene.Beside("missing.json");

        CommandResult result = await scene.CommandAsync("backup", "--json", "--config", missing, "--state-dir", scene.State);

        Assert.Equal((int)ExitCode.Usage, result.ExitCode);
        Assert.Equal("ConfigurationMissing", result.Run.GetProperty("errorId").GetString());
        Assert.Contains($"There is no configuration file {missing}", result.Errors, StringComparison.Ordinal);
        Assert.Equal("ConfigurationMissing", scene.History[0].ErrorId);
    }

    [Fact]
    public async Task Should_say_that_no_target_is_set()
    {
        using var scene = new Scene(places.New(TargetKind.Local), files: 10, rows: 5);
        scene.Configure(others: ("target", null!));
        await Refusal.ExpectAsync(scene, "TargetNotSet", ExitCode.Usage, "No target is set", "replexon init");
    }
}
