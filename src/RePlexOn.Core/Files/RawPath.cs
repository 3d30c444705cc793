using System.Runtime.InteropServices;
using System.Text;

namespace RePlexOn.Files;

/// <summary>An absolute path as the bytes that the file system holds, which need not be UTF-8.</summary>
internal readonly struct RawPath
{
    private readonly byte[] _bytes; // closed by NUL

    /// <param name="folder">An absolute path.</param>
    /// <param name="relative">A path below it.</param>
    public RawPath(string folder, ReadOnlySpan<byte> relative) => _bytes = [.. Encoding.UTF8.GetBytes(folder), (byte)'/', .. relative, 0];

    /// <summary>Whether there is anything at it, links not followed.</summary>
    /// <exception cref="IOException">It cannot be told.</exception>
    public bool Exists()
    {
        if (LinuxCalls.DescribeLink(_bytes, out _) == 0) return true;
        int error = Marshal.GetLastPInvokeError();
        return error is LinuxCalls.NoEntry or LinuxCalls.NotADirectory ? false : throw Trouble(error);
    }

    /// <summary>Gives what lies at it another path, within the file system; nothing may lie there.</summary>
    /// <exception cref="IOException">The file system refused.</exception>
    public void MoveTo(RawPath other)
    {
        if (other.Exists()) throw new IOException($"{other} is in the way of {this}.");
        if (LinuxCalls.rename(_bytes, other._bytes) != 0) throw Trouble(Marshal.GetLastPInvokeError());
    }

    /// <summary>The path as text that is safe to show.</summary>
    public override string ToString() => DisplayPath.Of(_bytes.AsSpan(0, _bytes.Length - 1));

    private IOException Trouble(int error) => new($"{this}: {Marshal.GetPInvokeErrorMessage(error)}", error);
}
