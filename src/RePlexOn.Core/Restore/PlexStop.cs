using RePlexOn.Plex;
using RePlexOn.Processes;

namespace RePlexOn.Restore;

/// <summary>Sees to it that nobody works with a data directory while it is changed, and that Plex runs again afterwards.</summary>
/// <param name="directory">The data directory.</param>
/// <param name="service">Stops and starts Plex; null where the user has stopped it.</param>
/// <param name="time">Measures patience.</param>
internal sealed class PlexStop(string directory, PlexService? service, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    private bool _stopped;

    /// <summary>Refuses early where the user would have to stop Plex first.</summary>
    /// <exception cref="RePlexOnException"><c>PlexIsRunning</c>.</exception>
    public void EnsurePossible()
    {
        if (service is null) EnsureUnused("Stop Plex first (and leave that folder), or say how it is stopped and started: "
            + "-PlexService systemd, snap or docker:NAME (--service).");
    }

    /// <summary>Stops Plex, where it is known how, and makes sure that nobody works with the directory.</summary>
    /// <exception cref="RePlexOnException"><c>PlexNotStopped</c>, <c>PlexIsRunning</c>.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (service is not null)
        {
            _stopped = true;
            if (await RunAsync(service.Stop, cancellationToken) is { } trouble)
            {
                throw new RePlexOnException(
                    "PlexNotStopped", ExitCode.Failed, $"Plex could not be stopped: {trouble}", "Stop it by hand, and run the restore again.");
            }

            long start = time.GetTimestamp();
            while (DirectoryUse.Find(directory).Count > 0 && time.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(LookAgain, time, cancellationToken);
            }
        }

        EnsureUnused("See what it is, end it, and run the restore again: it goes on where it was.");
    }

    /// <summary>Starts Plex again, if it was stopped here.</summary>
    /// <returns>What is to be told of it; null where nothing is.</returns>
    public async Task<string?> StartAgainAsync()
    {
        if (!_stopped || service is null) return null;

        _stopped = false;
        string? trouble;
        try
        {
            trouble = await RunAsync(service.Start, CancellationToken.None);
        }
        catch (RePlexOnException missing)
        {
            trouble = missing.Message;
        }

        return trouble is null ? null : $"Plex was stopped, and could not be started again: {trouble} Start it by hand.";
    }

    private static async Task<string?> RunAsync(ProgramCall call, CancellationToken cancellationToken)
    {
        ProgramResult result = await new ProgramRunner().RunAsync(call, null, null, cancellationToken);
        return result.ExitCode == 0 ? null : $"{call.Program} ended with {result.ExitCode}. {result.ErrorText}".TrimEnd();
    }

    private void EnsureUnused(string advice)
    {
        IReadOnlyList<DirectoryUser> users = DirectoryUse.Find(directory);
        if (users.Count == 0) return;

        throw new RePlexOnException(
            "PlexIsRunning", ExitCode.Failed, $"{directory} is in use by {string.Join(", ", users)}. Nothing in it was changed.", advice);
    }
}
