using RePlexOn.History;

namespace RePlexOn.Verification;

/// <summary>What a verification found.</summary>
public sealed record VerificationResult
{
    /// <summary>What <see cref="What"/> says of the mirror.</summary>
    public const string Mirror = "mirror";

    /// <summary>The target; null where the configuration could not even be read.</summary>
    public string? Target { get; init; }

    /// <summary><c>mirror</c>, or the name of the snapshot.</summary>
    public required string What { get; init; }

    /// <summary>How much was read.</summary>
    public required VerificationDepth Depth { get; init; }

    /// <summary>Whether the verification came to its end and found nothing wrong.</summary>
    public bool IsGood => Findings.Count == 0 && Run.ErrorId is null;

    /// <summary>Regular files whose names and sizes were looked at.</summary>
    public long FilesChecked { get; init; }

    /// <summary>Bytes in those.</summary>
    public long BytesChecked { get; init; }

    /// <summary>Regular files whose content was read and compared, databases among them.</summary>
    public long FilesRead { get; init; }

    /// <summary>Bytes in those.</summary>
    public long BytesRead { get; init; }

    /// <summary>Regular files whose content was read but could not be compared, because nothing is noted of it.</summary>
    public long FilesUnproven { get; init; }

    /// <summary>What chose the sample: given again, it chooses the same files of the same backup. Null where none was taken.</summary>
    public int? Seed { get; init; }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<VerificationFinding> Findings { get; init; } = [];

    /// <summary>The run as the history keeps it.</summary>
    public required BackupRun Run { get; init; }
}
