using System.Reflection;
using System.Runtime.Loader;

namespace RePlexOn.Loader;

/// <summary>
/// Holds RePlexOn.Core and the libraries it needs apart from those of PowerShell and of other modules, so that
/// another module's Microsoft.Data.Sqlite of another version does no harm, nor ours to it.
/// </summary>
internal sealed class DependencyContext(string folder) : AssemblyLoadContext("RePlexOn")
{
    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc />
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        string path = Path.Combine(folder, $"lib{unmanagedDllName}.so");
        return File.Exists(path) ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
