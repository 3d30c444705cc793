using System.Globalization;
using System.Text.RegularExpressions;

namespace RePlexOn.Security.Fail2ban;

/// <summary>Asks fail2ban how the jail stands.</summary>
/// <param name="time">Its zone is the machine's.</param>
public sealed partial class Fail2banStatusReader(TimeProvider time)
{
    /// <summary>Asks.</summary>
    /// <param name="folderPath">Where fail2ban's configuration is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException"><c>ProgramMissing</c>, <c>Fail2banNotFound</c>: fail2ban is not installed.</exception>
    public async Task<Fail2banStatus> ReadAsync(string folderPath, CancellationToken cancellationToken)
    {
        var folder = new Fail2banFolder(folderPath);
        var program = new Fail2banProgram(folder.Path);
        bool isRunning = await program.IsRunningAsync(cancellationToken);
        folder.Check();
        Fail2banProgram.Answer? answer = isRunning ? await program.ClientAsync(cancellationToken, "status", Fail2banFolder.Jail) : null;
        var status = new Fail2banStatus
        {
            IsInstalled = folder.Files.All(File.Exists),
            IsServerRunning = isRunning,
            IsActive = answer is { ExitCode: 0 },
            Summary = "",
        };
        if (answer is { ExitCode: 0 })
        {
            Dictionary<string, string> fields = Fields(answer.Output);
            Fail2banProgram.Answer bans = await program.ClientAsync(cancellationToken, "get", Fail2banFolder.Jail, "banip", "--with-time");
            status = status with
            {
                CurrentlyFailed = Number(fields, "Currently failed"),
                TotalFailed = Number(fields, "Total failed"),
                TotalBanned = Number(fields, "Total banned"),
                Logs = fields.GetValueOrDefault("File list") is { Length: > 0 } log ? [log] : [],
                Banned = [.. bans.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ToBan)],
            };
        }

        return status with { Summary = Describe(status) };
    }

    private static Dictionary<string, string> Fields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match line in Field().Matches(text)) fields[line.Groups[1].Value] = line.Groups[2].Value.Trim();
        return fields;
    }

    private static int Number(Dictionary<string, string> fields, string name) =>
        int.TryParse(fields.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    // 203.0.113.5 	2026-11-22 00:41:07 + 3600 = 2026-11-22 01:41:07
    private Fail2banBan ToBan(string line)
    {
        string address = line.Split([' ', '\t'], 2)[0];
        int equals = line.LastIndexOf('=');
        return equals > 0 && DateTime.TryParseExact(
            line[(equals + 1)..].Trim(), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime until)
            && until.Year < 9999
            ? new Fail2banBan(address, new DateTimeOffset(until, time.LocalTimeZone.GetUtcOffset(until)))
            : new Fail2banBan(address, null);
    }

    private static string Describe(Fail2banStatus status) => status switch
    {
        { IsActive: true } => string.Create(CultureInfo.InvariantCulture,
            $"Active: {status.Banned.Count} banned now, {status.TotalBanned} since fail2ban was started."),
        { IsInstalled: true, IsServerRunning: true } => "Installed, but the running fail2ban has no such jail: fail2ban-client reload, and see /var/log/fail2ban.log.",
        { IsInstalled: true } => "Installed, but fail2ban does not run, or does not answer this user (run this as root; systemctl enable --now fail2ban).",
        _ => "Not installed: Install-PlexFail2banJail (replexon fail2ban install).",
    };

    [GeneratedRegex(@"[|`]- ([A-Z][A-Za-z ]+):[ \t]*([^\n]*)")]
    private static partial Regex Field();
}
