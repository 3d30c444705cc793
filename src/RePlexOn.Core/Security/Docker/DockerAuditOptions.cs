using RePlexOn.Checks;

namespace RePlexOn.Security.Docker;

/// <summary>Which containers are looked at, and what is told of them.</summary>
public sealed record DockerAuditOptions
{
    /// <summary>
    /// Only containers with these names; <c>*</c> and <c>?</c> stand for any text and any character. Empty for all.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Look at stopped containers too. Those that <see cref="Names"/> asks for are looked at in any state.</summary>
    public bool IncludeStopped { get; init; }

    /// <summary>Leave out what is less grave.</summary>
    public CheckSeverity MinimumSeverity { get; init; } = CheckSeverity.Info;

    /// <summary>Whether mounted paths are of another machine, so that nothing is to be learnt from the files here.</summary>
    public bool IsOtherMachine { get; init; }
}
