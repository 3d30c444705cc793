using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Snapshots;

public sealed class SshSnapshotTests : SnapshotTargetTests
{
    private readonly SshServer _server = new();

    protected override string Folder => Path.Combine(_server.Folder, "it's a \"disk\"");

    protected override Dictionary<string, object> Settings => new()
    {
        ["target"] = _server.UrlOf(Folder),
        ["ssh"] = new Dictionary<string, object> { ["identityFile"] = _server.IdentityFile, ["knownHostsFile"] = _server.KnownHostsFile },
    };

    public override async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        Directory.CreateDirectory(Folder);
    }

    public override Task DisposeAsync() => _server.DisposeAsync();
}
