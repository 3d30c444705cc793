using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Schedules;

namespace RePlexOn.Tests.Schedules;

/// <summary>Commands as cron, sh and systemd have them written: the words must come out as they went in.</summary>
public sealed class ScheduledCommandTests
{
    [Fact]
    public void Should_reach_the_program_word_for_word_through_cron_and_sh() =>
        Prop.ForAll(Words().ToArbitrary(), words =>
        {
            string written = new ScheduledCommand(["/usr/bin/printf", "%s\\0", "first", .. words]).ForCron();

            Assert.EndsWith(" > /dev/null", written, StringComparison.Ordinal);
            string seenBySh = AsCronReadsIt(written[..^" > /dev/null".Length]);
            (int exitCode, string output, _) = ScratchUser.Run("/bin/sh", "-c", seenBySh);
            Assert.Equal((0, "first\0" + string.Concat(words.Select(word => word + "\0"))), (exitCode, output));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Should_be_read_back_from_a_unit_as_it_was() =>
        Prop.ForAll(Words().ToArbitrary(), words =>
            Assert.All(words, word => Assert.Equal(word, SystemdText.Unquote(SystemdText.Quote(word)))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Should_refuse_a_path_with_a_line_end_in_it()
    {
        var command = ScheduledCommand.OfCommandLine(ScheduleJob.Mirror, "/usr/bin/replexon", "/tmp/a\n* * * * * evil");

        Assert.Equal("ScheduleNotWritable", Assert.Throws<RePlexOnException>(command.ForCron).ErrorId);
        Assert.Equal("ScheduleNotWritable", Assert.Throws<RePlexOnException>(command.ForSystemd).ErrorId);
        Assert.DoesNotContain('\n', Assert.Throws<RePlexOnException>(command.ForCron).Message);
    }

    [Fact]
    public void Should_refuse_what_is_longer_than_cron_takes() => Assert.Equal(
        "ScheduleNotWritable",
        Assert.Throws<RePlexOnException>(new ScheduledCommand(["/" + new string('a', 1_000)]).ForCron).ErrorId);

    [Fact]
    public void Should_run_the_cmdlet_of_the_job_in_PowerShell()
    {
        string script = ScheduledCommand.OfPowerShell(ScheduleJob.Snapshot, "/usr/bin/pwsh", "/opt/it's", "/etc/a’b.json").Words[^1];

        Assert.Contains("Import-Module '/opt/it''s'", script, StringComparison.Ordinal);
        Assert.Contains("'/etc/a’’b.json'", script, StringComparison.Ordinal);
        Assert.EndsWith("Invoke-PlexBackup -Snapshot -Trigger Schedule", script, StringComparison.Ordinal);
    }

    // crontab(5): a % ends the command, unless a backslash stands in front of it, which is taken off.
    private static string AsCronReadsIt(string command)
    {
        var text = new StringBuilder();
        bool escaped = false;
        foreach (char c in command)
        {
            if (escaped && c == '%')
            {
                text[^1] = c;
                escaped = false;
                continue;
            }

            Assert.False(c == '%', $"cron would end at a % in: {command}");
            text.Append(c);
            escaped = !escaped && c == '\\';
        }

        return text.ToString();
    }

    private static Gen<string[]> Words() =>
        (from count in Gen.Choose(0, 12)
         from characters in Gen.Elements('a', 'Z', '/', '%', '\\', '\'', '"', '$', ' ', '`', '!', '*', 'ä', '~', '-', ';', '#').ListOf(count)
         select string.Concat(characters)).ListOf(15).SelectMany(words => Gen.Choose(0, 15).Select(taken => words.Take(taken).ToArray()));
}
