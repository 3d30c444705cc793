using System.Reflection;

namespace RePlexOn;

/// <summary>Facts about the RePlexOn that runs.</summary>
public static class RunningTool
{
    /// <summary>Its version, as in the module manifest: <c>major.minor.patch</c>.</summary>
    public static string Version { get; } =
        typeof(RunningTool).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0] ?? "0.0.0";
}
