using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Alerts;

namespace RePlexOn.Tests.Alerts;

public sealed class AlertTextTests
{
    internal static readonly DateTimeOffset At = new(2026, 11, 22, 3, 2, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Should_say_in_the_subject_where_what_when_and_why()
    {
        Assert.Equal(
            "[RePlexOn] nas Mirror 2026-11-22 03:02 FAILED: The target did not answer.",
            AlertText.Subject(Sample() with { Text = "The target did not answer." }));
    }

    [Fact]
    public void Should_have_subjects_that_sort_by_machine_topic_and_time()
    {
        string[] subjects =
        [
            AlertText.Subject(Sample()),
            AlertText.Subject(Sample() with { Kind = AlertKind.Recovery, At = At.AddDays(1) }),
            AlertText.Subject(Sample() with { At = At.AddMonths(2) }),
            AlertText.Subject(Sample() with { Topic = "Verify", At = At.AddYears(-1) }),
            AlertText.Subject(Sample() with { Host = "plex", At = At.AddYears(-2) }),
        ];
        Assert.Equal(subjects, subjects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_let_no_text_break_out_of_its_line()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            string hostile = $"a\r\nBcc: all@example.org\n\u2028\u0085\u202e\u001b[2J{text}";
            var alert = new Alert
            {
                Kind = AlertKind.Failure, Topic = hostile, Title = hostile, Text = hostile, Advice = hostile, At = At, Host = hostile,
                Facts = [new(hostile, hostile)], Lines = [hostile], LinesTitle = hostile,
            };
            string subject = AlertText.Subject(alert);
            Assert.True(subject.Length <= 150);
            Assert.All(subject, AssertPlain);
            Assert.All(AlertText.Plain(alert).Where(c => c != '\n'), AssertPlain);
            foreach (string line in MimeMail.Of(alert, new MailAddresses("a@example.org", ["b@example.org"])).Split('\n').TakeWhile(line => line.Length > 0))
                Assert.DoesNotMatch("^(Bcc|bcc)", line);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Should_write_mail_of_plain_letters_only()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            string mail = MimeMail.Of(Sample() with { Text = text + "ä😀", Title = text }, new MailAddresses(null, ["b@example.org"]));
            Assert.All(mail, c => Assert.True(c is '\n' or (>= ' ' and <= '~'), $"U+{(int)c:X4}"));
            Assert.All(mail.Split('\n'), line => Assert.True(line.Length < 200));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Should_show_no_markup_of_a_file_name_as_markup()
    {
        string html = AlertHtml.Of(Sample() with { Text = "<script>alert(1)</script> & \"x\".mkv", Lines = ["<b>"], Advice = "<i>" });
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_hold_cause_advice_facts_and_lines_in_this_order()
    {
        string text = AlertText.Plain(Sample() with
        {
            Text = "No answer.", Advice = "Switch it on.", Facts = [new("Started", "03:00"), new("To", "/nas")], Lines = ["03:00  Failed", "03:00\n  Running"], LinesTitle = "The last runs",
        });
        Assert.StartsWith(
            "The backup failed.\n\nNo answer.\n\nWhat to do: Switch it on.\n\nStarted  03:00\nTo       /nas\n\nThe last runs:\n  03:00  Failed\n  03:00   Running\n\nRePlexOn ",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_keep_the_last_of_many_lines()
    {
        string text = AlertText.Plain(Sample() with { Lines = [.. Enumerable.Range(1, 100).Select(n => n.ToString("000", CultureInfo.InvariantCulture))] });
        Assert.Contains("  (60 lines before)\n  061\n", text, StringComparison.Ordinal);
        Assert.Contains("  100\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("060", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_cut_a_text_for_a_chat_between_letters()
    {
        Alert alert = Sample() with { Text = string.Concat(Enumerable.Repeat("ä😀", 600)) };
        foreach (int longest in Enumerable.Range(100, 12))
        {
            string text = AlertText.Short(alert, longest);
            Assert.InRange(Encoding.UTF8.GetByteCount(text), longest - 3, longest);
            Assert.DoesNotContain('\ufffd', text);
            Assert.EndsWith("…", text, StringComparison.Ordinal);
        }
    }

    internal static Alert Sample() => new()
    {
        Kind = AlertKind.Failure, Topic = "Mirror", Trouble = "TargetUnreachable", Title = "The backup failed", Text = "No answer.", At = At, Host = "nas",
    };

    private static void AssertPlain(char c) => Assert.True(
        char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format),
        $"U+{(int)c:X4}");
}
