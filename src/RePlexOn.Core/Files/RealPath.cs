using System.Runtime.InteropServices;

namespace RePlexOn.Files;

/// <summary>The path of a file with all symbolic links on the way followed (.NET follows only the last one).</summary>
internal static partial class RealPath
{
    /// <summary>The real path; null when there is nothing at it.</summary>
    public static string? Of(string path)
    {
        var result = Resolve(path, 0);
        if (result == 0) return null;
        try
        {
            return Marshal.PtrToStringUTF8(result);
        }
        finally
        {
            Free(result);
        }
    }

    /// <summary>The same for a path whose last parts need not exist yet; these stay as they are.</summary>
    public static string OfNearest(string path)
    {
        var full = Path.GetFullPath(path);
        if (Of(full) is { } real) return real;
        var parent = Path.GetDirectoryName(full.TrimEnd('/'));
        return parent is null ? full : Path.Combine(OfNearest(parent), Path.GetFileName(full.TrimEnd('/')));
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Resolve(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Free(nint buffer);
}
