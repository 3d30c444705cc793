using RePlexOn.History;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Snapshots;

public sealed class DaemonSnapshotTests : SnapshotTargetTests
{
    private readonly RsyncDaemon _daemon = new();

    protected override string Folder => Path.Combine(_daemon.Folder, "it's a \"disk\"");

    protected override Dictionary<string, object> Settings => new()
    {
        ["target"] = _daemon.Url + "/it's%20a%20\"disk\"",
        ["passwordFile"] = _daemon.PasswordFile,
    };

    [Fact]
    public async Task Should_not_take_a_target_that_is_away_for_one_without_snapshots()
    {
        Make("2025-03-01_040000");
        _daemon.Kill();

        BackupRun run = await PruneAsync();

        Assert.Equal((RunStatus.Failed, "TargetUnreachable", ExitCode.TargetUnreachable), (run.Status, run.ErrorId, run.ExitCode));
        Assert.Equal("TargetUnreachable", (await Assert.ThrowsAsync<RePlexOnException>(ListAsync)).ErrorId);
    }

    public override async Task InitializeAsync()
    {
        await _daemon.InitializeAsync();
        Directory.CreateDirectory(Folder);
    }

    public override Task DisposeAsync() => _daemon.DisposeAsync();
}
