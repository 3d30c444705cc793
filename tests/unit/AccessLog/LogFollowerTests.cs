using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RePlexOn.Security.AccessLog;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.AccessLog;

public sealed class LogFollowerTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly List<string> _read = [];
    private int _written;

    private string Log => _folder.At("Plex Media Server.log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_read_each_line_once()
    {
        var follower = new LogFollower(Log);
        Append(3);
        Look(follower);
        Append(2);
        Look(follower);
        Look(follower);
        AssertAllOnce();
    }

    [Fact]
    public void Should_wait_for_the_end_of_a_line()
    {
        var follower = new LogFollower(Log);
        File.AppendAllText(Log, "line 0 begins");
        Look(follower);
        Assert.Empty(_read);
        File.AppendAllText(Log, " and ends\nline 1\n");
        Look(follower);
        Assert.Equal(["line 0 begins and ends", "line 1"], _read);
    }

    [Fact]
    public void Should_go_on_over_several_rotations()
    {
        var follower = new LogFollower(Log);
        Append(5);
        Look(follower);
        for (int i = 0; i < 4; i++)
        {
            Append(3);
            Rotate();
            Append(2);
        }

        Look(follower);
        AssertAllOnce();
        Assert.False(follower.HasGap);
    }

    [Fact]
    public void Should_begin_anew_with_a_log_that_was_emptied()
    {
        var follower = new LogFollower(Log);
        Append(5);
        Look(follower);
        File.WriteAllText(Log, "");
        Append(1);
        Look(follower);
        AssertAllOnce();
        Assert.True(follower.HasGap);
    }

    [Fact]
    public void Should_read_the_rest_of_a_log_that_was_copied_away_and_emptied()
    {
        var follower = new LogFollower(Log);
        Append(5);
        Look(follower);
        Append(3);
        File.Copy(Log, _folder.At("Plex Media Server.1.log"));
        File.WriteAllText(Log, "");
        Append(4);
        Look(follower);
        AssertAllOnce();
        Assert.False(follower.HasGap);
    }

    [Fact]
    public void Should_say_that_lines_may_be_lost_where_a_log_was_rotated_away()
    {
        var follower = new LogFollower(Log);
        Append(1);
        Look(follower);
        for (int i = 0; i < 6; i++)
        {
            Append(1);
            Rotate();
        }

        Append(1);
        Look(follower);
        Assert.True(follower.HasGap);
        Assert.Equal(_read.Count, _read.Distinct().Count());
    }

    [Fact]
    public void Should_pass_over_a_line_that_is_too_long_and_nothing_else()
    {
        var follower = new LogFollower(Log);
        Append(1);
        File.AppendAllText(Log, new string('x', 3 * LogLines.LongestLine));
        Look(follower);
        File.AppendAllText(Log, new string('y', LogLines.LongestLine) + "Feb 06, 2026 line\n");
        Append(1);
        Look(follower);
        AssertAllOnce();
    }

    [Fact]
    public void Should_notice_what_is_new()
    {
        var follower = new LogFollower(Log);
        Append(1);
        Assert.True(follower.HasNews());
        Look(follower);
        Assert.False(follower.HasNews());
        Append(1);
        Assert.True(follower.HasNews());
        Look(follower);
        Rotate();
        Append(1);
        Assert.True(follower.HasNews());
    }

    [Fact]
    public void Should_say_that_there_is_no_log() =>
        Assert.Equal("PlexLogMissing", Assert.Throws<RePlexOnException>(() => Look(new LogFollower(_folder.At("none.log")))).ErrorId);

    [Fact]
    public void Should_say_that_a_log_may_not_be_read()
    {
        Append(1);
        File.SetUnixFileMode(Log, UnixFileMode.UserRead);
        string id = AsNobody.Run(() => Assert.Throws<RePlexOnException>(() => new LogFollower(Log).ReadNew(_ => { }, CancellationToken.None)).ErrorId);
        Assert.Equal("PlexLogUnreadable", id);
    }

    /// <summary>Whatever happens between two looks, and whenever the watcher is started anew, each line is read once.</summary>
    [Fact]
    public void Should_lose_and_double_nothing_in_any_order_of_events()
    {
        Gen<int[]> steps = Gen.Choose(0, 9).ArrayOf(40);
        Prop.ForAll(steps.ToArbitrary(), all =>
        {
            foreach (string file in Directory.GetFiles(_folder.Path)) File.Delete(file);
            _read.Clear();
            _written = 0;
            var follower = new LogFollower(Log);
            int rotations = 0;
            Append(1);
            foreach (int step in all)
            {
                switch (step)
                {
                    case <= 3:
                        Append(step + 1);
                        break;
                    case 4 when rotations < 4:
                        Rotate();
                        Append(1);
                        rotations++;
                        break;
                    case 5 when rotations < 4:
                        for (int i = 4; i >= 1; i--) MoveIfThere($"Plex Media Server.{i}.log", $"Plex Media Server.{i + 1}.log");
                        File.Copy(Log, _folder.At("Plex Media Server.1.log"));
                        File.WriteAllText(Log, "");
                        rotations++;
                        break;
                    case 6:
                        Look(follower);
                        rotations = 0;
                        File.WriteAllText(Log, "");
                        break;
                    case 7:
                        follower = Restarted(follower);
                        break;
                    default:
                        Look(follower);
                        rotations = 0;
                        break;
                }
            }

            Look(follower);
            AssertAllOnce();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    private static LogFollower Restarted(LogFollower follower)
    {
        var next = new LogFollower(follower.Path);
        next.Restore(follower.Marks);
        return next;
    }

    private void Look(LogFollower follower) => follower.ReadNew(line => _read.Add(Encoding.UTF8.GetString(line)), CancellationToken.None);

    private void Append(int lines)
    {
        for (int i = 0; i < lines; i++) File.AppendAllText(Log, $"line {_written++}\n");
    }

    private void Rotate()
    {
        File.Delete(_folder.At("Plex Media Server.5.log"));
        for (int i = 4; i >= 1; i--) MoveIfThere($"Plex Media Server.{i}.log", $"Plex Media Server.{i + 1}.log");
        File.Move(Log, _folder.At("Plex Media Server.1.log"));
    }

    private void MoveIfThere(string from, string to)
    {
        if (File.Exists(_folder.At(from))) File.Move(_folder.At(from), _folder.At(to), overwrite: true);
    }

    private void AssertAllOnce() => Assert.Equal(Enumerable.Range(0, _written).Select(i => $"line {i}"), _read);
}
