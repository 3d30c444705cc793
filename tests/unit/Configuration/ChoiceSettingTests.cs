using RePlexOn.Configuration;
using RePlexOn.Snapshots;

namespace RePlexOn.Tests.Configuration;

public sealed class ChoiceSettingTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("\"Never\"", SnapshotOccasion.Never)]
    [InlineData("\"monday\"", SnapshotOccasion.Monday)]
    [InlineData("null", SnapshotOccasion.Sunday)]
    public void Should_be_read_in_any_case(string json, SnapshotOccasion expected)
    {
        _home.Write($$"""{ "snapshots": { "on": {{json}} } }""");

        Assert.Equal(expected, _home.Store.Load().Snapshots.On);
    }

    [Theory]
    [InlineData("\"weekly\"")]
    [InlineData("\"7\"")]
    [InlineData("true")]
    public void Should_be_refused_with_the_words_there_are(string json)
    {
        _home.Write($$"""{ "snapshots": { "on": {{json}} } }""");

        ConfigurationProblem problem = Assert.Single(_home.Store.Validate());

        Assert.Contains("must be one of \"Never\", \"Daily\", \"Monday\"", problem.Message, StringComparison.Ordinal);
        Assert.Equal("For example: \"on\": \"Sunday\"", problem.Advice);
    }

    [Theory]
    [InlineData("wednesday")]
    [InlineData(SnapshotOccasion.Wednesday)]
    public void Should_be_written_as_it_is_spelt(object value)
    {
        _home.Store.Set(null, new Dictionary<string, object?> { ["snapshots.on"] = value });

        Assert.Contains("\"on\": \"Wednesday\"", _home.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_be_explained_in_a_new_file() => Assert.Contains(
        "Never, Daily, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday.\n    // \"on\": \"Sunday\",",
        _home.Store.CreateTemplate(new Dictionary<string, object?>()), StringComparison.Ordinal);
}
