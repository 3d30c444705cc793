using System.Runtime.InteropServices;

namespace RePlexOn.Processes;

/// <summary>
/// Finds programs in <c>PATH</c>. .NET's own search also looks beside the running executable and in the current
/// folder, where anybody may have put a file of that name.
/// </summary>
internal static partial class ProgramPath
{
    private const int Execute = 1; // X_OK

    /// <summary>The full path of a program.</summary>
    /// <exception cref="RePlexOnException"><c>ProgramMissing</c>: it is not installed.</exception>
    public static string Find(string program)
    {
        if (program.Contains('/'))
            return IsProgram(program) ? Path.GetFullPath(program) : throw Missing(program);

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin").Split(':');
        return folders.Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsProgram) ?? throw Missing(program);
    }

    private static bool IsProgram(string path) =>
        File.Exists(path) && Access(path, Execute) == 0;

    private static RePlexOnException Missing(string program)
    {
        var name = Path.GetFileName(program);
        var package = name switch
        {
            "ssh" or "ssh-keyscan" => "openssh-client",
            "setsid" => "util-linux",
            "nft" => "nftables",
            "fail2ban-client" or "fail2ban-regex" => "fail2ban",
            "crontab" => "cron",
            "systemctl" or "systemd-analyze" => "systemd",
            _ => name,
        };
        return new RePlexOnException("ProgramMissing", ExitCode.Failed, $"{name} is not installed, or not in PATH.",
            $"Install it: apt install {package} (or your distribution's like).");
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Access(string path, int mode);
}
