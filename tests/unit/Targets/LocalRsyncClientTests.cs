using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Targets;

public sealed class LocalRsyncClientTests : RsyncClientTests
{
    private readonly ScratchFolder _target = new();

    protected override string Folder => _target.At("it's a \"disk\" [1]*");

    public override Task InitializeAsync() => Task.FromResult(Directory.CreateDirectory(Folder));

    public override Task DisposeAsync()
    {
        _target.Dispose();
        return Task.CompletedTask;
    }

    protected override BackupTarget TargetWith(int limitKiB) =>
        BackupTarget.Parse(Folder, new TargetOptions { BandwidthLimitKiB = limitKiB });
}
