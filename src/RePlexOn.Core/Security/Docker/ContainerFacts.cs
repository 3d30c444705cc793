namespace RePlexOn.Security.Docker;

/// <summary>All that the rules look at of one container.</summary>
internal sealed class ContainerFacts
{
    /// <param name="inspection">What Docker says of it.</param>
    /// <param name="engine">How the engine treats all its containers.</param>
    /// <param name="administrators">Who administers the host.</param>
    /// <param name="lookAtFiles">Whether its mounts are of this machine.</param>
    public ContainerFacts(ContainerInspection inspection, EngineInfo engine, AdministratorAccounts administrators, bool lookAtFiles)
    {
        Id = inspection.Id ?? "";
        Name = NameOf(inspection);
        Settings = inspection.Config ?? new ContainerSettings();
        Host = inspection.HostConfig ?? new HostSettings();
        Ports = inspection.NetworkSettings?.Ports;
        Image = ImageName.Parse(Settings.Image ?? "");
        Mounts = BindMount.Of(inspection, lookAtFiles);
        Variables = ReadVariables(Settings.Env);
        SecurityOptions = [.. (Host.SecurityOpt ?? []).OfType<string>().Select(option => option.Replace(':', '='))];
        Engine = engine;
        Administrators = administrators;
    }

    public string Id { get; }

    public string Name { get; }

    public ContainerSettings Settings { get; }

    public HostSettings Host { get; }

    /// <summary>The ports as they are offered now; null or empty while it does not run.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding?>?>? Ports { get; }

    public ImageName Image { get; }

    public IReadOnlyList<BindMount> Mounts { get; }

    /// <summary>Its environment. The values are secrets until a rule knows better.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Its security options, each as <c>name=value</c> or a name alone.</summary>
    public IReadOnlyList<string> SecurityOptions { get; }

    public EngineInfo Engine { get; }

    public AdministratorAccounts Administrators { get; }

    /// <summary>A container's name without the slash that Docker puts before it.</summary>
    public static string NameOf(ContainerInspection inspection) => (inspection.Name ?? inspection.Id ?? "").TrimStart('/');

    private static Dictionary<string, string> ReadVariables(IReadOnlyList<string?>? entries)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string entry in (entries ?? []).OfType<string>())
        {
            // An entry without = has no value; it may be a secret that slipped into a name's place, so nobody shows it.
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) variables[entry[..equals]] = entry[(equals + 1)..];
        }

        return variables;
    }
}
