using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.Tests.Targets;

/// <summary>All that holds for ssh holds over one shared connection too.</summary>
public sealed class SharedSshRsyncClientTests : SshRsyncClientTests
{
    private readonly SshConnection _connection = new();

    public override async Task DisposeAsync()
    {
        await _connection.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override RsyncClient ClientOf(BackupTarget target) => new(new ProgramRunner(), target, _connection);
}
