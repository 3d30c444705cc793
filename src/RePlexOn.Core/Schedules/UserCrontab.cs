using RePlexOn.Files;
using RePlexOn.Processes;

namespace RePlexOn.Schedules;

/// <summary>A user's own crontab, by way of <c>crontab</c>: it knows where that lies, who may have one, and wakes cron.</summary>
/// <param name="owner">Whose; null for the current user's.</param>
internal sealed class UserCrontab(string? owner = null) : ICrontabFile
{
    private readonly ProgramRunner _runner = new();

    /// <inheritdoc/>
    public SchedulePlace Place => SchedulePlace.Crontab;

    /// <inheritdoc/>
    public string Name => $"the crontab of {owner ?? Environment.UserName}";

    /// <inheritdoc/>
    public string? User => null;

    /// <inheritdoc/>
    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        ProgramResult result = await _runner.RunAsync(Call("-l"), content, cancellationToken);
        if (result.ExitCode == 0) return content.ToArray();
        // Who may not have a crontab has none.
        return result.ErrorText.Contains("no crontab for", StringComparison.OrdinalIgnoreCase)
            || result.ErrorText.Contains("not allowed", StringComparison.OrdinalIgnoreCase)
            ? []
            : throw Refused("read", result.ErrorText);
    }

    /// <inheritdoc/>
    public async Task WriteAsync(byte[] content, CancellationToken cancellationToken)
    {
        if (content.Length == 0)
        {
            Check(await _runner.RunAsync(Call("-r"), null, null, cancellationToken));
            return;
        }

        // A file and not its standard input: half a text would be a whole crontab to it, were this process killed.
        string folder = Directory.CreateTempSubdirectory("replexon-").FullName;
        try
        {
            string file = Path.Combine(folder, "crontab");
            AtomicFile.Write(file, content, PrivateMode.File);
            Check(await _runner.RunAsync(Call(file), null, null, cancellationToken));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private ProgramCall Call(string argument) => new()
    {
        Program = "crontab",
        Arguments = owner is null ? [argument] : ["-u", owner, argument],
        Environment = new Dictionary<string, string> { ["LC_ALL"] = "C" },
    };

    private void Check(ProgramResult result)
    {
        if (result.ExitCode != 0) throw Refused("changed", result.ErrorText);
    }

    private RePlexOnException Refused(string what, string words) => new(
        "CrontabRefused", ExitCode.Failed,
        $"{char.ToUpperInvariant(Name[0])}{Name[1..]} could not be {what}: {words.ReplaceLineEndings(" ").Trim()}",
        "Try `crontab -l` as this user; /etc/cron.allow and /etc/cron.deny say who may have a crontab.");
}
