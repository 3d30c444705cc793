using System.Runtime.InteropServices;

namespace RePlexOn.Processes;

/// <summary>Sends signals to processes. .NET knows only the one that ends a process at once.</summary>
internal static partial class ProcessSignal
{
    private const int TerminateSignal = 15;
    private const int KillSignal = 9;

    /// <summary>Asks a process to end. One that has ended already, or may not be touched, is passed over.</summary>
    /// <param name="processId">The process; a negative number means the process group of that number.</param>
    public static void Terminate(int processId) => _ = Send(processId, TerminateSignal);

    /// <summary>Ends a process at once, as <see cref="Terminate"/> asks.</summary>
    /// <param name="processId">The process; a negative number means the process group of that number.</param>
    public static void Kill(int processId) => _ = Send(processId, KillSignal);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int processId, int signal);
}
