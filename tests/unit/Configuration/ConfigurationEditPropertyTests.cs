using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Configuration;

namespace RePlexOn.Tests.Configuration;

public sealed class ConfigurationEditPropertyTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Should_give_the_value_back_and_keep_every_byte_beside_it() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed => SetAndCompare(seed)));

    private void SetAndCompare(int seed)
    {
        var file = new RandomConfiguration(seed);
        _home.Write(file.Text);
        var before = Values();
        var setting = file.AnySetting();
        var value = file.Toss() || file.Toss() ? file.AnyValue(setting) : null;

        _home.Store.Set(null, new Dictionary<string, object?> { [setting.Key] = value });

        var after = _home.Read();
        var values = Values();
        // A staging directory that is not set follows the state directory.
        Assert.All(values.Where(pair => pair.Key != setting.Key && pair.Value.IsSet), pair => Assert.Equal(before[pair.Key].Value, pair.Value.Value));
        Assert.All(values.Where(pair => pair.Key != setting.Key), pair => Assert.Equal(before[pair.Key].IsSet, pair.Value.IsSet));
        Assert.Equal(value is not null, values[setting.Key].IsSet);
        Assert.Equal(value ?? values[setting.Key].Default, values[setting.Key].Value);

        var isThere = file.Places.TryGetValue(setting.Key, out var place);
        if (isThere && value is not null)
            Assert.Equal(file.Text[..place.ValueStart] + SettingRules.ToJson(setting, value) + file.Text[place.End..], after);
        else if (value is not null)
            AssertIsInside(file, after);
        else if (isThere)
        {
            Assert.True(IsSubsequence(after, file.Text));
            AssertShows(after, file.Shown.Where(comment => comment.Start < place.MemberStart || comment.Start >= place.End));
            var besides = Meaningful(file.Text) - Meaningful(file.Text[place.MemberStart..place.End]) - Meaningful(after);
            Assert.InRange(besides, 0, 1); // the comma
        }
        else
            Assert.Equal(file.Text, after);
    }

    private static void AssertIsInside(RandomConfiguration file, string after)
    {
        // "section": null gives way to a section; all else is only added to.
        var nulls = file.Places.Values.Where(place => file.Text[place.ValueStart..place.End] == "null").ToList();
        var candidates = new List<string> { file.Text };
        candidates.AddRange(nulls.Select(place => file.Text[..place.ValueStart] + file.Text[place.End..]));
        Assert.Contains(candidates, candidate => IsSubsequence(candidate, after));
        AssertShows(after, file.Shown);
    }

    private static int Meaningful(string text) => text.Count(character => !char.IsWhiteSpace(character));

    private static void AssertShows(string text, IEnumerable<(int Start, string Text)> comments)
    {
        var from = 0;
        foreach (var (_, comment) in comments)
        {
            var at = text.IndexOf(comment, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"comment lost: {comment}");
            from = at + comment.Length;
        }
    }

    private static bool IsSubsequence(string shorter, string longer)
    {
        var matched = 0;
        foreach (var character in longer)
        {
            if (matched < shorter.Length && shorter[matched] == character)
                matched++;
        }

        return matched == shorter.Length;
    }

    private Dictionary<string, SettingValue> Values() => _home.Store.List().ToDictionary(value => value.Key);
}
