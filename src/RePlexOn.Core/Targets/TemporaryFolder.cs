namespace RePlexOn.Targets;

/// <summary>A folder that only this user can enter, removed at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("replexon-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
