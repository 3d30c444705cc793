using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace RePlexOn.Tests.Files;

/// <summary>A folder of a test's own, with the calls .NET lacks: names of any bytes, times to the nanosecond, owners.</summary>
internal sealed partial class ScratchFolder : IDisposable
{
    public ScratchFolder() => Root = Directory.CreateTempSubdirectory("replexon-files-").FullName;

    public string Root { get; }

    public string this[string name] => Path.Combine(Root, name);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public string Folder(string name) => Directory.CreateDirectory(this[name]).FullName;

    public string File(string name, string content = "x")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        System.IO.File.WriteAllText(this[name], content);
        return this[name];
    }

    /// <summary>Makes an empty file whose name is just these bytes, below the root.</summary>
    public void RawFile(byte[] name)
    {
        var handle = open(Raw(name), 0x41 /* O_CREAT | O_WRONLY */, 0x1A4 /* 0644 */);
        Check(handle);
        Check(close(handle));
    }

    public static void HardLink(string from, string to) => Check(link(from, to));

    public static void Fifo(string path) => Check(mkfifo(path, 0x1A4));

    public static void Owner(string path, uint user, uint group) => Check(lchown(path, user, group));

    public static void Rename(string from, string to) => Check(rename(from, to));

    /// <summary>Lets every user pass through the folder itself.</summary>
    public void OpenToAll() => System.IO.File.SetUnixFileMode(Root, (UnixFileMode)0x1ED /* 0755 */);

    /// <summary>Does something with the file rights of another user; this thread alone gives up root's.</summary>
    public static T AsUser<T>(uint user, Func<T> action)
    {
        _ = setfsuid(user);
        try
        {
            return action();
        }
        finally
        {
            _ = setfsuid(0);
        }
    }

    /// <summary>Runs a program to its end; returns its exit code and what it wrote.</summary>
    public static (int Code, string Output) Run(byte[]? input, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
        };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (input is not null)
            process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result + error.Result);
    }

    /// <summary>Runs a program that must end well; returns what it wrote.</summary>
    public static string Must(byte[]? input, string program, params string[] arguments)
    {
        var (code, output) = Run(input, program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}: {output}");
        return output;
    }

    public void Dispose() => Must(null, "rm", "-rf", "--", Root);

    private byte[] Raw(byte[] name) => [.. Bytes(Root + "/"), .. name, 0];

    private static void Check(int result)
    {
        if (result < 0)
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int open(byte[] path, int flags, uint mode);

    [LibraryImport("libc")]
    private static partial int close(int handle);

    [LibraryImport("libc")]
    private static partial int setfsuid(uint user);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string from, string to);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rename(string from, string to);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkfifo(string path, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint user, uint group);
}
