using RePlexOn.Configuration;

namespace RePlexOn.Security.Docker;

/// <summary>Where Docker's engine listens.</summary>
internal static class EngineSocket
{
    private const string Default = "/var/run/docker.sock";
    private const string UnixScheme = "unix://";

    /// <summary>The socket's path: what <c>DOCKER_HOST</c> says, else the usual one, else that of an engine without root.</summary>
    /// <exception cref="RePlexOnException"><c>DockerHostUnsupported</c>: the variable names no Unix socket.</exception>
    public static string Find(UserEnvironment user)
    {
        if (user.Variables.GetValueOrDefault("DOCKER_HOST") is { Length: > 0 } host)
        {
            if (host.StartsWith(UnixScheme + "/", StringComparison.Ordinal)) return host[UnixScheme.Length..];
            throw new RePlexOnException(
                "DockerHostUnsupported", ExitCode.Usage, "DOCKER_HOST names no Unix socket, and Docker is asked over nothing else.",
                "Set it to unix:// and the path of the engine's socket, or run this on the machine that DOCKER_HOST names.");
        }

        string? own = user.Variables.GetValueOrDefault("XDG_RUNTIME_DIR") is ['/', ..] runtime ? Path.Combine(runtime, "docker.sock") : null;
        return !File.Exists(Default) && File.Exists(own) ? own : Default;
    }
}
