using RePlexOn.Processes;

namespace RePlexOn.Plex;

/// <summary>How a Plex Media Server is stopped and started on this machine.</summary>
/// <param name="Stop">Stops it, and returns when it has.</param>
/// <param name="Start">Starts it.</param>
public sealed record PlexService(ProgramCall Stop, ProgramCall Start)
{
    /// <summary>What a user has chosen: the short form, or a command for each; null for neither.</summary>
    /// <exception cref="RePlexOnException"><c>PlexServiceUnknown</c>: it cannot be understood, or both are given.</exception>
    public static PlexService? Choose(string? shortForm, IReadOnlyList<string> stop, IReadOnlyList<string> start) =>
        (shortForm, stop.Count + start.Count) switch
        {
            (null, 0) => null,
            (null, _) => FromCommands(stop, start),
            (_, 0) => Parse(shortForm),
            _ => throw new RePlexOnException(
                "PlexServiceUnknown", ExitCode.Usage, "How Plex is stopped and started is given twice.", "Give a service, or commands of your own."),
        };

    /// <summary>Reads the short form.</summary>
    /// <param name="text">
    /// <c>systemd</c> (the unit plexmediaserver), <c>systemd:UNIT</c>, <c>snap</c>, <c>docker:CONTAINER</c>.
    /// </param>
    /// <exception cref="RePlexOnException"><c>PlexServiceUnknown</c>: it is none of these.</exception>
    public static PlexService Parse(string text)
    {
        string[] parts = text.Split(':', 2);
        return parts switch
        {
            ["systemd"] => Of("systemctl", "plexmediaserver"),
            ["systemd", { Length: > 0 } unit] when unit[0] != '-' => Of("systemctl", unit),
            ["snap"] => Of("snap", "plexmediaserver"),
            ["docker", { Length: > 0 } container] when container[0] != '-' => Of("docker", container),
            _ => throw new RePlexOnException(
                "PlexServiceUnknown", ExitCode.Usage, $"'{text}' is no way to stop and start Plex that is known here.",
                "Say systemd, systemd:UNIT, snap or docker:CONTAINER, or give a command of your own for each."),
        };
    }

    /// <summary>Takes commands as lists of words; no shell reads them.</summary>
    /// <param name="stop">The program and its arguments.</param>
    /// <param name="start">The program and its arguments.</param>
    /// <exception cref="RePlexOnException"><c>PlexServiceUnknown</c>: one of the two is empty.</exception>
    public static PlexService FromCommands(IReadOnlyList<string> stop, IReadOnlyList<string> start)
    {
        if (stop.Count == 0 || start.Count == 0)
        {
            throw new RePlexOnException(
                "PlexServiceUnknown", ExitCode.Usage, "Only one of the two commands that stop and start Plex is given.",
                "Give both, so that Plex is started again after it was stopped.");
        }

        return new(
            new ProgramCall { Program = stop[0], Arguments = [.. stop.Skip(1)] },
            new ProgramCall { Program = start[0], Arguments = [.. start.Skip(1)] });
    }

    private static PlexService Of(string program, string name) => FromCommands([program, "stop", name], [program, "start", name]);
}
