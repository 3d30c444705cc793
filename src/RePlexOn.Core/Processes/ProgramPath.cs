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
    public static string Find(string program) => TryFind(program) ?? throw Missing(program);

    /// <summary>The full path of a program; null where it is not installed.</summary>
    public static string? TryFind(string program)
    {
        if (program.Contains('/')) return IsProgram(program) ? Path.GetFullPath(program) : null;

        // A user's PATH, and cron's, lack the folders of what only root runs.
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin").Split(':'), "/usr/local/sbin", "/usr/sbin", "/sbin"];
        return folders.Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsProgram);
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
            "iptables-save" or "iptables-restore" or "ip6tables" or "ip6tables-save" or "ip6tables-restore" => "iptables",
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
