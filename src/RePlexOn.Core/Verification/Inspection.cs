using RePlexOn.Configuration;
using RePlexOn.Files;
using RePlexOn.Targets;

namespace RePlexOn.Verification;

/// <summary>One verification under way: what is looked at, and what was found so far.</summary>
internal sealed class Inspection
{
    private readonly List<VerificationFinding> _findings = [];
    private readonly HashSet<string> _known = [];

    /// <summary>What the user set.</summary>
    public required RePlexOnConfiguration Configuration { get; init; }

    /// <summary>rsync to the target.</summary>
    public required RsyncClient Rsync { get; init; }

    /// <summary>The tree below the target's folder, such as <c>plex-current/</c>.</summary>
    public required string Tree { get; init; }

    /// <summary>Told how far it is.</summary>
    public IProgress<VerificationProgress>? Progress { get; init; }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<VerificationFinding> Findings => _findings;

    /// <summary>Regular files whose names and sizes were looked at.</summary>
    public long FilesChecked { get; set; }

    /// <summary>Bytes in those.</summary>
    public long BytesChecked { get; set; }

    /// <summary>Regular files whose content was compared.</summary>
    public long FilesRead { get; private set; }

    /// <summary>Bytes in those.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Regular files whose content was read and of which nothing is noted to compare it with.</summary>
    public long FilesUnproven { get; set; }

    /// <summary>Whether the backup is of a time before there were lists.</summary>
    public bool HasNoList { get; set; }

    /// <summary>Notes something wrong.</summary>
    /// <param name="kind">What.</param>
    /// <param name="path">Where, as lists spell it.</param>
    /// <param name="detail">More of it.</param>
    public void Find(VerificationFindingKind kind, string path, string detail)
    {
        _known.Add(path);
        _findings.Add(new(kind, DisplayPath.Of(FileListPath.Bytes(path)), detail));
    }

    /// <summary>Whether something is known to be wrong with a path already.</summary>
    public bool IsKnown(string path) => _known.Contains(path);

    /// <summary>Counts a file whose content was compared.</summary>
    public void CountRead(long bytes)
    {
        FilesRead++;
        BytesRead += bytes;
    }

    /// <summary>Fetches files of the tree into a folder, readable by this user whatever modes they have in the backup.</summary>
    public Task<RsyncResult> FetchAsync(string folder, IReadOnlyList<byte[]> paths, string text, long bytes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder, PrivateMode.Folder);
        var report = new DirectProgress<RsyncProgress>(step => Progress?.Report(new(text, step.Bytes, bytes)));
        return Rsync.ReceiveAsync(
            new RsyncReceive
            {
                SourceRelative = Tree,
                DestinationFolder = folder,
                ExtraArguments = ["--no-owner", "--no-group", "--chmod=u+rwX"],
                WritePaths = list =>
                {
                    foreach (byte[] path in paths) list.Add(path);
                },
            },
            report, cancellationToken);
    }
}
