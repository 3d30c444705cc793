using System.Text;
using RePlexOn.Processes;

namespace RePlexOn.Targets;

/// <summary>
/// One ssh connection for all that a piece of work runs on a target, by OpenSSH's multiplexing: the first command connects,
/// and goes on in the background as the master whose connection the following ones use.
/// </summary>
/// <remarks>
/// <para>
/// The first command fails or warns as it would alone, since it is what connects. A master that has gone is replaced by the
/// next command; one whose server allows no further session is passed over.
/// </para>
/// <para>
/// Dispose it with the work: that ends the master. Where this process is killed before, the master ends by itself
/// <see cref="IdleSeconds"/> after the last command.
/// </para>
/// </remarks>
public sealed class SshConnection : IAsyncDisposable
{
    /// <summary>
    /// Seconds that a master waits for a further command. Who paused longer can spare the time to connect anew, and routers
    /// forget connections that are silent for minutes.
    /// </summary>
    internal const int IdleSeconds = 30;

    // unix(7): sun_path holds 108 bytes with the closing NUL. To the 40 characters that ssh names the socket with, it adds
    // 17 while it makes it.
    private const int LongestFolder = 107 - 1 - 40 - 17;

    private readonly ProgramRunner _runner = new();
    private readonly Lazy<TemporaryFolder> _folder = new(() => new TemporaryFolder());

    /// <summary>Whether the work is done: then nothing connects any more.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>The target, reached through this connection where it can be shared; else the target as it is.</summary>
    /// <param name="target">Any target.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task<BackupTarget> ShareAsync(BackupTarget target, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(HasEnded, this);
        if (target is not SshTarget ssh || !(await SettingsOfAsync(ssh, cancellationToken)).AllowSharing) return target;

        string folder = _folder.Value.Path;
        bool canHoldSockets = Encoding.UTF8.GetByteCount(folder) <= LongestFolder && !folder.Contains('$', StringComparison.Ordinal);
        return canHoldSockets ? ssh.SharedIn(folder) : target;
    }

    /// <summary>Cuts the connection, with whatever still uses it.</summary>
    internal async Task CutAsync()
    {
        if (!_folder.IsValueCreated) return;

        foreach (string socket in Directory.GetFileSystemEntries(_folder.Value.Path))
        {
            await _runner.RunAsync(SshTarget.EndMaster(socket), null, null, CancellationToken.None);
        }
    }

    /// <summary>Ends the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (HasEnded) return;

        HasEnded = true;
        await CutAsync();
        if (_folder.IsValueCreated) _folder.Value.Dispose();
    }

    private async Task<SshSettings> SettingsOfAsync(SshTarget target, CancellationToken cancellationToken)
    {
        var settings = new SshSettings();
        try
        {
            await _runner.RunAsync(target.ShowSettings, settings.Add, null, cancellationToken);
        }
        catch (RePlexOnException)
        {
            // There is no ssh: the command that needs it says so.
        }

        return settings;
    }
}
