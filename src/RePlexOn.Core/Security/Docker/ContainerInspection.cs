namespace RePlexOn.Security.Docker;

/// <summary>What <c>docker inspect</c> and the Engine API say of a container, as far as a rule reads it.</summary>
internal sealed record ContainerInspection
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public ContainerSettings? Config { get; init; }

    public HostSettings? HostConfig { get; init; }

    public IReadOnlyList<MountPoint?>? Mounts { get; init; }

    public NetworkState? NetworkSettings { get; init; }
}

/// <summary>What the image and the command line set.</summary>
internal sealed record ContainerSettings
{
    public string? Image { get; init; }

    public string? User { get; init; }

    public IReadOnlyList<string?>? Env { get; init; }
}

/// <summary>What ties the container to its host.</summary>
internal sealed record HostSettings
{
    public bool Privileged { get; init; }

    public IReadOnlyList<string?>? CapAdd { get; init; }

    public string? NetworkMode { get; init; }

    public string? PidMode { get; init; }

    public string? IpcMode { get; init; }

    public string? UsernsMode { get; init; }

    public IReadOnlyList<string?>? SecurityOpt { get; init; }

    /// <summary>Bytes; 0 for no limit.</summary>
    public long Memory { get; init; }

    /// <summary>Processes and threads; null, 0 or less for no limit.</summary>
    public long? PidsLimit { get; init; }

    public bool PublishAllPorts { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding?>?>? PortBindings { get; init; }
}

/// <summary>Something of the host that the container sees.</summary>
internal sealed record MountPoint
{
    public string? Type { get; init; }

    public string? Source { get; init; }

    public string? Destination { get; init; }

    public bool RW { get; init; }
}

/// <summary>How the container is connected now.</summary>
internal sealed record NetworkState
{
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding?>?>? Ports { get; init; }
}

/// <summary>Where on the host a port of the container is offered.</summary>
internal sealed record PortBinding
{
    public string? HostIp { get; init; }

    public string? HostPort { get; init; }
}
