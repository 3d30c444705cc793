using System.Text.RegularExpressions;

namespace RePlexOn.Targets;

/// <summary>
/// Keeps what matters of rsync's standard error: the first complaints, and the line that tells why it failed, however
/// many lines come around it.
/// </summary>
internal sealed partial class RsyncErrorLog
{
    /// <summary>Complaints beyond these are only counted.</summary>
    public const int MostWarnings = 200;

    private readonly List<string> _warnings = [];
    private int _more;

    /// <summary>The cause that the lines name; null when they name none that is known.</summary>
    public RsyncFailure? Cause { get; private set; }

    /// <summary>The last line that is not rsync's closing formula.</summary>
    public string? LastWords { get; private set; }

    /// <summary>The complaints, fit for display.</summary>
    public IReadOnlyList<string> Warnings =>
        _more == 0 ? _warnings : [.. _warnings, $"… and {_more} more lines of this kind."];

    /// <summary>The rsync of the far side does not know an option that newer ones have.</summary>
    public bool FarSideIsOld { get; private set; }

    /// <summary>ssh has connected as a master, and could not run the command through it; nothing was done.</summary>
    public bool MasterFailed { get; private set; }

    /// <summary>Takes the next line.</summary>
    public void Add(string line)
    {
        FarSideIsOld |= line.EndsWith("--no-msgs2stderr: unknown option", StringComparison.Ordinal);
        MasterFailed |= line == "Failed to connect to new control master";
        Cause ??= RsyncFailure.Find(line);
        if (Formula().IsMatch(line)) return;
        var clean = RsyncNames.UnescapeLine(line);
        LastWords = clean;
        if (_warnings.Count < MostWarnings) _warnings.Add(clean);
        else _more++;
    }

    /// <summary>
    /// What says nothing: closing formulas, consequences of a broken connection, the frame of ssh's warnings, and that it
    /// connects by itself where it cannot share a connection.
    /// </summary>
    [GeneratedRegex(@"^(mux_client_\w+: |ControlSocket .* already exists, disabling multiplexing$|Failed to connect to new control master$|rsync (error|warning): .*\(code \d+\) at |\*\*\* Skipping any contents|rsync: (\[\w+\] )?(connection unexpectedly closed|write error: Broken pipe|read error: Connection reset)|@{10})")]
    private static partial Regex Formula();
}
