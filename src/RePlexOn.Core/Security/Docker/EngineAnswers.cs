using System.Text.Json.Serialization;

namespace RePlexOn.Security.Docker;

/// <summary>A container in the engine's list.</summary>
internal sealed record ContainerSummary
{
    public required string Id { get; init; }

    public IReadOnlyList<string>? Names { get; init; }

    public string? State { get; init; }
}

/// <summary>How the engine treats all its containers.</summary>
internal sealed record EngineInfo
{
    /// <summary>What is taken of an engine that nobody can ask.</summary>
    public static readonly EngineInfo Defaults = new();

    /// <summary>Such as <c>name=seccomp,profile=builtin</c> and <c>name=userns</c>.</summary>
    public IReadOnlyList<string>? SecurityOptions { get; init; }

    /// <summary>Whether root in a container is somebody else on the host: user namespaces, or an engine without root.</summary>
    [JsonIgnore]
    public bool RemapsUsers => Has("name=userns") || Has("name=rootless");

    /// <summary>Whether no container may gain privileges unless it says so.</summary>
    [JsonIgnore]
    public bool ForbidsNewPrivileges => Has("name=no-new-privileges");

    /// <summary>Whether containers have no seccomp filter unless they bring one.</summary>
    [JsonIgnore]
    public bool LeavesSeccompOff => Has("name=seccomp,profile=unconfined");

    private bool Has(string option) => SecurityOptions?.Contains(option) == true;
}

/// <summary>Reads the engine's JSON; made at compile time.</summary>
[JsonSerializable(typeof(ContainerInspection))]
[JsonSerializable(typeof(IReadOnlyList<ContainerInspection?>))]
[JsonSerializable(typeof(IReadOnlyList<ContainerSummary>))]
[JsonSerializable(typeof(EngineInfo))]
internal sealed partial class EngineJson : JsonSerializerContext;
