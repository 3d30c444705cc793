using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RePlexOn.Files;

/// <summary>
/// A <c>flock</c> on a file or a folder. The kernel gives it up when the last descriptor closes, however its process ends.
/// </summary>
/// <remarks>
/// .NET's own file streams put locks of the same kind on whatever they open, and would be refused here;
/// so the descriptor is opened by hand, and all reading and writing goes through it.
/// </remarks>
internal sealed partial class FileLock : IDisposable
{
    private const int ReadOnly = 0x0, ReadWrite = 0x2, Create = 0x40, CloseOnExec = 0x80000;
    private const int Exclusive = 2, NonBlocking = 4, Unlocked = 8;
    private const int SetDescriptorFlags = 2;
    private const int WouldBlock = 11, Interrupted = 4;

    private FileLock(SafeFileHandle handle) => Handle = handle;

    /// <summary>The open file.</summary>
    internal SafeFileHandle Handle { get; }

    /// <summary>Opens a file, which is made where it is missing, for reading, writing and locking.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal static FileLock OnFile(string path) => Open(path, ReadWrite | Create);

    /// <summary>Opens a folder for locking.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal static FileLock OnFolder(string path) => Open(path, ReadOnly);

    /// <summary>Takes the lock if nobody has it.</summary>
    /// <exception cref="IOException">The file system knows no locks.</exception>
    internal bool TryTake()
    {
        while (Flock(Handle, Exclusive | NonBlocking) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == WouldBlock) return false;
            if (error != Interrupted) throw Failure(error);
        }

        return true;
    }

    /// <summary>Gives the lock up, also in the name of the processes that inherited it.</summary>
    internal void Release()
    {
        if (Flock(Handle, Unlocked) != 0) throw Failure(Marshal.GetLastPInvokeError());
    }

    /// <summary>Lets processes that are started from now on hold the lock too.</summary>
    internal void LetChildrenInherit()
    {
        if (Fcntl(Handle, SetDescriptorFlags, 0) != 0) throw Failure(Marshal.GetLastPInvokeError());
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    private static FileLock Open(string path, int flags)
    {
        var descriptor = OpenFile(path, flags | CloseOnExec, (uint)PrivateMode.File);
        return descriptor < 0
            ? throw Failure(Marshal.GetLastPInvokeError())
            : new FileLock(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    private static IOException Failure(int error) => new(Marshal.GetPInvokeErrorMessage(error), error);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFile(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Flock(SafeFileHandle descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fcntl(SafeFileHandle descriptor, int command, int argument);
}
