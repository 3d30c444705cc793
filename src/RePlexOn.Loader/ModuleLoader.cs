using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace RePlexOn.Loader;

/// <summary>
/// Tells the runtime where RePlexOn.Core lies. The manifest names this assembly as a nested module, which PowerShell
/// imports first: it looks through the types of the cmdlets before it would call an initializer beside them.
/// </summary>
public sealed class ModuleLoader : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly DependencyContext Dependencies =
        new(Path.Combine(Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!, "dependencies"));

    /// <inheritdoc />
    public void OnImport() => AssemblyLoadContext.Default.Resolving += Resolve;

    /// <inheritdoc />
    public void OnRemove(PSModuleInfo psModuleInfo) => AssemblyLoadContext.Default.Resolving -= Resolve;

    // Only Core is asked for from outside; its own needs are met inside its context.
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == "RePlexOn.Core" ? Dependencies.LoadFromAssemblyName(name) : null;
}
