using RePlexOn.History;

namespace RePlexOn.Tests.Legacy;

/// <summary>Logs that are renamed, cut and begun anew between two readings.</summary>
public sealed class LogRotationTests : IDisposable
{
    private readonly LegacyScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(true)] // create: the file is renamed, and another one takes its place
    [InlineData(false)] // copytruncate: the file is copied, and cut
    public void Should_read_the_rest_of_a_log_that_was_rotated(bool renames)
    {
        string run = LegacyScene.GoodRun("23");
        _scene.Append(LegacyScene.GoodRun("22")).Append(run[..100]).Import();
        _scene.Append(run[100..^100]);
        Rotate(renames);
        _scene.Append(run[^100..]).Append(LegacyScene.GoodRun("24"));
        _scene.Import();

        Assert.Equal([22, 23, 24], _scene.Runs.Select(one => one.StartedAt.Day));
        Assert.All(_scene.Runs, one => Assert.Equal((RunStatus.Succeeded, 24_265_611L), (one.Status, one.BytesSent)));
    }

    [Fact]
    public void Should_read_all_that_rotation_has_kept_the_first_time()
    {
        _scene.Append(LegacyScene.GoodRun("21"));
        Rotate(renames: true);
        _scene.Append(LegacyScene.GoodRun("22")[..150]);
        Rotate(renames: true);
        _scene.Append(LegacyScene.GoodRun("22")[150..]);
        _scene.Import();

        Assert.Equal([21, 22], _scene.Runs.Select(one => one.StartedAt.Day));
        Assert.All(_scene.Runs, one => Assert.Equal(RunStatus.Succeeded, one.Status));
    }

    [Fact]
    public void Should_read_a_log_anew_that_was_cut_and_has_outgrown_the_old_one()
    {
        _scene.Append(LegacyScene.GoodRun("21")).Import();
        File.Delete(_scene.Log);
        _scene.Append(LegacyScene.GoodRun("22")).Append(LegacyScene.GoodRun("23")).Import();

        Assert.Equal([21, 22, 23], _scene.Runs.Select(one => one.StartedAt.Day));
    }

    [Fact]
    public void Should_read_the_rest_of_a_log_after_two_rotations()
    {
        _scene.Append(LegacyScene.GoodRun("20")).Import();
        _scene.Append(LegacyScene.GoodRun("21"));
        Rotate(renames: true);
        _scene.Append(LegacyScene.GoodRun("22"));
        Rotate(renames: true);
        _scene.Append(LegacyScene.GoodRun("23"));

        Assert.Equal(3, _scene.Import().Added);
        Assert.Equal(0, _scene.Import().BytesRead);
    }

    private void Rotate(bool renames)
    {
        if (File.Exists(_scene.Log + ".1")) File.Move(_scene.Log + ".1", _scene.Log + ".2", overwrite: true);
        if (renames)
        {
            File.Move(_scene.Log, _scene.Log + ".1");
            return;
        }

        File.Copy(_scene.Log, _scene.Log + ".1");
        using var log = new FileStream(_scene.Log, FileMode.Truncate);
    }
}
