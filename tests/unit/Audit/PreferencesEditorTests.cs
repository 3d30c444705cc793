using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Plex;
using RePlexOn.Security.Audit;

namespace RePlexOn.Tests.Audit;

public sealed class PreferencesEditorTests
{
    private const string HandMade = """
        <?xml version="1.0" encoding="utf-8"?>
        <!-- <Preferences LogTokensForDebug="9"> is no element here -->
        <Preferences
            FriendlyName="Müller &amp; Söhne > all"
            LogTokensForDebug = '1'
            XLogTokensForDebug="1"
        >
        </Preferences>

        """;

    [Fact]
    public void Should_change_one_value_and_leave_every_other_byte() =>
        Assert.Equal(HandMade.Replace("= '1'", "= '0'", StringComparison.Ordinal), Edit(HandMade, ("LogTokensForDebug", "0")));

    [Fact]
    public void Should_add_what_is_not_there_behind_the_last() =>
        Assert.Equal(
            HandMade.Replace("XLogTokensForDebug=\"1\"", "XLogTokensForDebug=\"1\" logDebug=\"1\"", StringComparison.Ordinal), Edit(HandMade, ("logDebug", "1")));

    [Theory]
    [InlineData("<Preferences/>", "<Preferences a=\"1\"/>")]
    [InlineData("<Preferences />", "<Preferences a=\"1\" />")]
    [InlineData("<Preferences></Preferences>", "<Preferences a=\"1\"></Preferences>")]
    public void Should_fill_an_empty_element(string before, string after)
    {
        Assert.Equal(after, Edit(before, ("a", "1")));
        Assert.Equal(before, Edit(after, ("a", null)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Other/>")]
    [InlineData("<Preferences")]
    [InlineData("<Preferences a")]
    [InlineData("<Preferences a=1/>")]
    [InlineData("<Preferences a=\"1/>")]
    [InlineData("<!-- <Preferences/> ")]
    public void Should_refuse_what_Plex_does_not_write(string text) => Assert.Throws<FormatException>(() => Edit(text, ("b", "1")));

    [Fact]
    public void Should_do_in_any_file_what_it_is_told_and_undo_it()
    {
        Gen<string> name = Gen.Elements("a", "ab", "FriendlyName", "LogVerbose", "x1", "y", "z");
        Gen<string> value = Gen.Elements("", "1", "a b", "&<>\"'", "Größe", "\t\n", "]]>", "x=\"1\"");
        Gen<string> gap = Gen.Elements(" ", "\n", "\r\n\t", "  ");
        Gen<(string Text, string Key, string? Value)> some =
            from names in name.ListOf()
            from values in value.ListOf(names.Count)
            from gaps in gap.ListOf(names.Count)
            from quote in Gen.Elements('"', '\'')
            from end in Gen.Elements("/>", " />", "></Preferences>", "\n>\n</Preferences>\n<!-- end -->")
            from key in name
            from wanted in value
            from isSet in Gen.Elements(true, true, false)
            let all = names.Zip(values, gaps).DistinctBy(one => one.First).Select(one => $"{one.Third}{one.First}={quote}{Escape(one.Second)}{quote}")
            select ($"<?xml version=\"1.0\"?>\n<Preferences{string.Concat(all)}{end}", key, isSet ? wanted : null);

        Prop.ForAll(some.ToArbitrary(), one =>
        {
            IReadOnlyDictionary<string, string> before = Parse(one.Text);
            string edited = Edit(one.Text, (one.Key, one.Value));
            var expected = new Dictionary<string, string>(before);
            if (one.Value is null) expected.Remove(one.Key);
            else expected[one.Key] = one.Value;
            bool isRight = Parse(edited).OrderBy(each => each.Key).SequenceEqual(expected.OrderBy(each => each.Key));
            // What was added goes again without a trace; what was taken out comes back at the end.
            return isRight && (before.ContainsKey(one.Key) || Edit(edited, (one.Key, null)) == one.Text);
        }).QuickCheckThrowOnFailure();
    }

    private static string Escape(string value) => value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&apos;", StringComparison.Ordinal)
        .Replace("\t", "&#9;", StringComparison.Ordinal).Replace("\n", "&#10;", StringComparison.Ordinal);

    private static string Edit(string text, (string Key, string? Value) change) =>
        Encoding.UTF8.GetString(PreferencesEditor.Edit(Encoding.UTF8.GetBytes(text), [KeyValuePair.Create(change.Key, change.Value)]));

    private static IReadOnlyDictionary<string, string> Parse(string text) => PlexPreferences.Parse(new MemoryStream(Encoding.UTF8.GetBytes(text))).Values;
}
