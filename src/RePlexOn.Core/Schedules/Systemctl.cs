using RePlexOn.Processes;

namespace RePlexOn.Schedules;

/// <summary>Talks to the systemd that runs here: the system's, or the user's own.</summary>
/// <param name="ofUser">Whether it is the user's own.</param>
internal sealed class Systemctl(bool ofUser)
{
    private readonly ProgramRunner _runner = new();

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => Directory.Exists("/run/systemd/system")
        && (!ofUser || (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
            && Directory.Exists(Path.Combine(runtime, "systemd"))));

    /// <summary>Asks it for something.</summary>
    /// <exception cref="RePlexOnException"><c>SystemdRefused</c>: it did not do it.</exception>
    public async Task RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        ProgramResult result = await CallAsync(arguments, cancellationToken);
        if (result.ExitCode == 0) return;
        throw new RePlexOnException(
            "SystemdRefused", ExitCode.Failed,
            $"`systemctl {string.Join(' ', arguments)}` failed: {result.ErrorText.ReplaceLineEndings(" ").Trim()}",
            ofUser
                ? "Try `systemctl --user status` in a session of this user, or choose the user's crontab."
                : "Run this as root, and look at `systemctl status`; or choose a place of cron's.");
    }

    /// <summary>Asks it for something that may be in vain.</summary>
    public Task TryAsync(CancellationToken cancellationToken, params string[] arguments) => CallAsync(arguments, cancellationToken);

    private Task<ProgramResult> CallAsync(string[] arguments, CancellationToken cancellationToken) => _runner.RunAsync(
        new ProgramCall
        {
            Program = "systemctl",
            Arguments = ofUser ? ["--user", .. arguments] : arguments,
            Environment = new Dictionary<string, string> { ["LC_ALL"] = "C" },
        },
        null, null, cancellationToken);
}
