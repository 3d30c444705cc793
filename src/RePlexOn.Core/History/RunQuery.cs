namespace RePlexOn.History;

/// <summary>Which runs are asked for. Everything that is set must hold; an empty query means all.</summary>
public sealed record RunQuery
{
    /// <summary>Only runs of these kinds; null or empty means any.</summary>
    public IReadOnlyList<RunKind>? Kinds { get; init; }

    /// <summary>Only runs that stand so; null or empty means any.</summary>
    public IReadOnlyList<RunStatus>? Statuses { get; init; }

    /// <summary>Only runs that started at this moment or later.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Only runs that started before this moment.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>At most this many, the newest; null means all. Zero or more.</summary>
    public int? Last { get; init; }

    /// <summary>
    /// Only runs with this text in the message, a warning, the target or the id. Case does not matter;
    /// no character has a special meaning.
    /// </summary>
    public string? Search { get; init; }

    /// <summary>Whether a run, as a caller would see it, is one of those asked for (but for <see cref="Last"/>).</summary>
    internal bool Matches(BackupRun run) =>
        (Kinds is null or [] || Kinds.Contains(run.Kind))
        && (Statuses is null or [] || Statuses.Contains(run.Status))
        && (After is null || run.StartedAt >= After)
        && (Before is null || run.StartedAt < Before)
        && (string.IsNullOrEmpty(Search)
            || Holds(run.Message) || Holds(run.Target) || Holds(run.Id) || run.Warnings.Any(Holds));

    private bool Holds(string? text) => text?.Contains(Search!, StringComparison.OrdinalIgnoreCase) ?? false;
}
