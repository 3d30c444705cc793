using RePlexOn.Targets;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>A local folder, a real rsync daemon and a real sshd, with a folder of its own for each test.</summary>
public sealed class Places : IAsyncLifetime, IAsyncDisposable
{
    private readonly ScratchFolder _local = new();
    private int _given;

    public RsyncDaemon Daemon { get; } = new();

    public SshServer Ssh { get; } = new();

    public async Task InitializeAsync()
    {
        await Daemon.InitializeAsync();
        await Ssh.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Daemon.DisposeAsync();
        await Ssh.DisposeAsync();
        _local.Dispose();
    }

    /// <summary>For <c>await using</c>.</summary>
    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    /// <summary>An empty place of that kind.</summary>
    public Place New(TargetKind kind)
    {
        string name = $"nas {Interlocked.Increment(ref _given)}";
        string parent = kind switch
        {
            TargetKind.Local => _local.Path, TargetKind.Daemon => Daemon.Folder, _ => Ssh.Folder,
        };
        string folder = Directory.CreateDirectory(Path.Combine(parent, name)).FullName;
        return kind switch
        {
            TargetKind.Local => new(folder, folder),
            TargetKind.Daemon => new($"{Daemon.Url}/{Uri.EscapeDataString(name)}", folder) { PasswordFile = Daemon.PasswordFile },
            _ => new(Ssh.UrlOf(folder), folder) { IdentityFile = Ssh.IdentityFile, KnownHostsFile = Ssh.KnownHostsFile },
        };
    }
}
