using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace RePlexOn.Tests.Fixtures;

/// <summary>Runs something with the file rights of the user nobody, on a thread of its own, while the tests run as root.</summary>
internal static partial class AsNobody
{
    private const uint Nobody = 65534;

    public static T Run<T>(Func<T> work)
    {
        T? result = default;
        Exception? trouble = null;
        var thread = new Thread(() =>
        {
            _ = SetFileSystemGroup(Nobody);
            _ = SetFileSystemUser(Nobody);
            try
            {
                result = work();
            }
            catch (Exception exception)
            {
                trouble = exception;
            }
        });
        thread.Start();
        thread.Join();
        if (trouble is not null)
            ExceptionDispatchInfo.Throw(trouble);
        return result!;
    }

    // The kernel keeps these for each thread; leaving root takes root's rights over files along.
    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileSystemUser(uint user);

    [LibraryImport("libc", EntryPoint = "setfsgid")]
    private static partial int SetFileSystemGroup(uint group);
}
