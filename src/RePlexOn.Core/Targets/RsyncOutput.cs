using System.Globalization;
using System.Text.RegularExpressions;

namespace RePlexOn.Targets;

/// <summary>Asks rsync for the output that is wanted, and reads it as it is printed in the C locale.</summary>
/// <param name="onChange">Gets each change; null where nobody wants them.</param>
/// <param name="progress">Is told how far it is; null where nobody wants to know.</param>
/// <param name="sumKind">The kind of sum that is taken where rsync does not tell which it agreed on with the far side.</param>
internal sealed partial class RsyncOutput(
    Action<RsyncChange>? onChange, IProgress<RsyncProgress>? progress, FileSumKind? sumKind = null)
{
    // The bar in front sets the lines about changes apart from all others; the name comes last, since it may hold a bar.
    private const string ChangeFormat = "|%i|%l|%C|%n";

    private readonly List<string> _complaints = [];
    private long _filesDone;

    /// <summary>
    /// The arguments that make rsync print it. It writes a line for each change and another for the progress of each
    /// file, which on a first backup would cost more time than reading the source, so only what is wanted is asked for.
    /// </summary>
    public IEnumerable<string> Arguments =>
    [
        "--no-h", "--stats",
        .. progress is null ? Array.Empty<string>() : ["--info=progress2"],
        .. onChange is null ? Array.Empty<string>() : [$"--out-format={ChangeFormat}"],
    ];

    /// <summary>The figures read so far.</summary>
    public RsyncStatistics Statistics { get; private set; } = new();

    /// <summary>The kind of sum that the two sides agreed on; null where it is none of those that are used here.</summary>
    public FileSumKind? SumKind { get; private set; } = sumKind;

    /// <summary>Complaints that rsync prints among its output instead of on standard error.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Takes the next line.</summary>
    public void Add(string line)
    {
        if (line[0] == '|') ReadChange(line);
        else if (line[0] == ' ') ReadProgress(line);
        else if (Agreement().Match(line) is { Success: true } agreement) SumKind = FileSumKinds.Of(agreement.Groups["name"].Value);
        else if (Figure().Match(line) is { Success: true } figure) ReadFigure(figure);
        else if (Complaint().IsMatch(line) && _complaints.Count < RsyncErrorLog.MostWarnings) _complaints.Add(RsyncNames.UnescapeLine(line));
    }

    private void ReadChange(string line)
    {
        if (onChange is null || Change().Match(line) is not { Success: true } match) return;
        var code = match.Groups["code"].Value.TrimEnd();
        var kind = code switch
        {
            "*deleting" => RsyncChangeKind.Deleted,
            ['<' or '>', ..] => RsyncChangeKind.Sent,
            ['c' or 'h', ..] => RsyncChangeKind.Created,
            _ => RsyncChangeKind.Attributes,
        };
        string name = match.Groups["name"].Value;
        onChange(new RsyncChange(kind, RsyncNames.Unescape(name), Number(match.Groups["size"].Value), code)
        {
            PrintedPath = name, Sum = FileSum.Parse(SumKind, match.Groups["sum"].ValueSpan),
        });
    }

    private void ReadProgress(string line)
    {
        if (progress is null || Progress().Match(line) is not { Success: true } match) return;

        var fileDone = match.Groups["done"].Success;
        if (fileDone) _filesDone = Number(match.Groups["done"].Value);

        // At the end of a file rsync shows the time that has gone by, between files the time to go.
        TimeSpan? remaining = !fileDone && match.Groups["hours"].Success
            ? new TimeSpan((int)Number(match.Groups["hours"].Value), (int)Number(match.Groups["minutes"].Value), (int)Number(match.Groups["seconds"].Value))
            : null;
        var unit = match.Groups["unit"].Value switch { "k" => 1L << 10, "M" => 1L << 20, "G" => 1L << 30, "T" => 1L << 40, _ => 1L };
        progress.Report(new RsyncProgress(
            Number(match.Groups["bytes"].Value),
            double.Parse(match.Groups["rate"].Value, CultureInfo.InvariantCulture) * unit, remaining, _filesDone));
    }

    private void ReadFigure(Match match)
    {
        var value = Number(match.Groups["value"].Value);
        Statistics = match.Groups["name"].Value switch
        {
            "Number of files" => Statistics with
            {
                EntriesTotal = value,
                FilesTotal = match.Groups["regular"].Success ? Number(match.Groups["regular"].Value) : 0,
            },
            "Number of created files" => Statistics with { EntriesCreated = value },
            "Number of deleted files" => Statistics with { EntriesDeleted = value },
            "Number of regular files transferred" => Statistics with { FilesTransferred = value },
            "Total file size" => Statistics with { BytesTotal = value },
            "Total transferred file size" => Statistics with { BytesTransferred = value },
            "Literal data" => Statistics with { BytesLiteral = value },
            "Matched data" => Statistics with { BytesMatched = value },
            "Total bytes sent" => Statistics with { WireSent = value },
            "Total bytes received" => Statistics with { WireReceived = value },
            _ => Statistics,
        };
    }

    private static long Number(string digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\|(?<code>[^|]*)\|(?<size>\d+)\|(?<sum>[^|]*)\|(?<name>.*)$", RegexOptions.Singleline)]
    private static partial Regex Change();

    [GeneratedRegex(@"^ +(?<bytes>\d+) +\d+% +(?<rate>[\d.]+)(?<unit>[kMGT]?)B/s +(?:(?<hours>\d+):(?<minutes>\d\d):(?<seconds>\d\d)|\S+)(?: \(xfr#(?<done>\d+), (?:ir|to)-chk=\d+/\d+\))?")]
    private static partial Regex Progress();

    [GeneratedRegex(@"^(?<name>(?:Number of|Total|Literal|Matched) [a-z ]+): (?<value>\d+)(?: bytes)?(?: \((?:reg: (?<regular>\d+))?.*\))?$")]
    private static partial Regex Figure();

    [GeneratedRegex(@"^Client (?:negotiated )?checksum: (?<name>\w+)$")]
    private static partial Regex Agreement();

    [GeneratedRegex("^(IO error encountered|cannot delete |Deletions stopped|skipping |symlink has no referent|could not make way)")]
    private static partial Regex Complaint();
}
