using System.Text.RegularExpressions;

namespace RePlexOn.Security.Docker;

/// <summary>What a script is to set where a limit is missing.</summary>
public sealed partial record DockerRemediationOptions
{
    /// <summary>Memory for each container that has no limit, as Docker writes it: <c>4g</c>, <c>512m</c>. Null sets none.</summary>
    /// <exception cref="RePlexOnException"><c>MemoryLimitInvalid</c>: it is not written so.</exception>
    public string? MemoryLimit
    {
        get;
        init => field = value is null || Amount().IsMatch(value)
            ? value
            : throw new RePlexOnException(
                "MemoryLimitInvalid", ExitCode.Usage, "The memory limit is not an amount of memory.", "Write it as 4g or 512m.");
    }

    /// <summary>Processes and threads for each container that has no limit. Plex with its transcoders takes some hundreds.</summary>
    public int PidsLimit { get; init; } = 2048;

    [GeneratedRegex("^[1-9][0-9]{0,14}[bkmgBKMG]?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();
}
