using RePlexOn.Configuration;
using RePlexOn.Processes;
using RePlexOn.Targets;

namespace RePlexOn.Setup;

/// <summary>Tries a target before it is written down anywhere.</summary>
internal static class TargetTrial
{
    /// <summary>Asks the target whether it answers and lets us in.</summary>
    /// <param name="text">The target as a user writes it.</param>
    /// <param name="settings">How to connect, beside the password.</param>
    /// <param name="passwordFile">The file with the password; null for none.</param>
    /// <param name="password">A password in its place, which is in no file yet.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">It does not; the message says why.</exception>
    public static async Task RunAsync(
        string text, RePlexOnConfiguration settings, string? passwordFile, string? password, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        if (password is not null)
        {
            // rsync takes a password from a file, which only this user can read, or shows it to all in the list of processes.
            passwordFile = Path.Combine(folder.Path, "secret");
            new ConfigurationStore().WriteSecret(passwordFile, password);
        }

        BackupTarget target = BackupTarget.Parse(text, new TargetOptions
        {
            PasswordFile = passwordFile,
            IdentityFile = settings.Ssh.IdentityFile,
            KnownHostsFile = settings.Ssh.KnownHostsFile,
            SshPort = settings.Ssh.Port,
            ConnectTimeoutSeconds = settings.Backup.ConnectTimeoutSeconds,
            TimeoutSeconds = settings.Backup.TimeoutSeconds,
        });
        target.CheckLocally();
        await new RsyncClient(new ProgramRunner(), target).CheckAsync(cancellationToken);
    }
}
