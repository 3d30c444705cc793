using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Targets;

public sealed class DaemonRsyncClientTests : RsyncClientTests
{
    private readonly RsyncDaemon _daemon = new();

    protected override string Folder => Path.Combine(_daemon.Folder, "it's a \"disk\"");

    public override async Task InitializeAsync()
    {
        await _daemon.InitializeAsync();
        Directory.CreateDirectory(Folder);
    }

    public override Task DisposeAsync() => _daemon.DisposeAsync();

    protected override BackupTarget TargetWith(int limitKiB) => BackupTarget.Parse(
        _daemon.Url + "/it's%20a%20\"disk\"", new TargetOptions { PasswordFile = _daemon.PasswordFile, BandwidthLimitKiB = limitKiB });
}
