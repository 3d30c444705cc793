using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Snapshots;

public sealed class LocalSnapshotTests : SnapshotTargetTests
{
    private readonly ScratchFolder _disk = new();

    protected override string Folder => _disk.At("it's a \"disk\"");

    protected override Dictionary<string, object> Settings => new() { ["target"] = Folder };

    public override Task InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        return Task.CompletedTask;
    }

    public override Task DisposeAsync()
    {
        _disk.Dispose();
        return Task.CompletedTask;
    }
}
