using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Targets;

public class SshRsyncClientTests : RsyncClientTests
{
    private readonly SshServer _server = new();

    protected override string Folder => Path.Combine(_server.Folder, "it's $HOME `id` \"disk\"");

    public override async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        Directory.CreateDirectory(Folder);
    }

    public override Task DisposeAsync() => _server.DisposeAsync();

    protected override BackupTarget TargetWith(int limitKiB) => BackupTarget.Parse(_server.UrlOf(Folder), new TargetOptions
    {
        IdentityFile = _server.IdentityFile, KnownHostsFile = _server.KnownHostsFile, BandwidthLimitKiB = limitKiB,
    });
}
