using System.Diagnostics;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests.Fixtures;

/// <summary>This system's files once more: what is written there goes to memory and is gone afterwards.</summary>
internal sealed class OverlaidRoot : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly string _memory;

    public OverlaidRoot()
    {
        _memory = _folder.Folder("memory");
        Call("mount", "-t", "tmpfs", "tmpfs", _memory);
        foreach (string name in (string[])["upper", "work", "root"]) Directory.CreateDirectory(System.IO.Path.Combine(_memory, name));
        Call("mount", "-t", "overlay", "overlay", "-o", $"lowerdir=/,upperdir={_memory}/upper,workdir={_memory}/work", Path);
    }

    /// <summary>Where they are.</summary>
    public string Path => System.IO.Path.Combine(_memory, "root");

    /// <summary>What differs from this system's files: each file and link with its mode and content, each folder that is new or was emptied.</summary>
    public IReadOnlyList<string> Changes()
    {
        string upper = System.IO.Path.Combine(_memory, "upper");
        return
        [
            .. Directory.EnumerateFileSystemEntries(upper, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Where(entry => !Directory.Exists(entry) || new DirectoryInfo(entry).LinkTarget is not null || !Directory.Exists(entry[upper.Length..]))
                .Select(entry => Describe(entry, entry[upper.Length..])).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Runs a script of bash in it.</summary>
    public CommandResult Run(string script)
    {
        const string enter = """
            mount --make-rprivate / && mount --rbind /proc "$1/proc" && mount --rbind /dev "$1/dev" && exec chroot "$1" /bin/bash -c "$2"
            """;
        using Process process = Process.Start(new ProcessStartInfo("unshare", ["--mount", "bash", "-c", enter, "bash", Path, script])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            // Root's after a login: a script that is installed is looked for there, wherever the tests were started from.
            Environment = { ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
        })!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, errors.Result);
    }

    public void Dispose()
    {
        Call("umount", Path);
        Call("umount", _memory);
        _folder.Dispose();
    }

    internal static void Call(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors}");
    }

    // What was removed is there as a device with a number of its own.
    private static string Describe(string entry, string path)
    {
        var file = new FileInfo(entry);
        return file switch
        {
            { LinkTarget: { } target } => $"{path} -> {target}",
            _ when Directory.Exists(entry) => $"{path}/ {file.UnixFileMode}",
            _ when file.Attributes.HasFlag(FileAttributes.Device) || file.Length == 0 => $"{path} {file.UnixFileMode} empty or removed",
            _ => $"{path} {file.UnixFileMode} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(entry)))}",
        };
    }
}
