namespace RePlexOn.History;

/// <summary>What an import needs to know of a run to tell whether another one is the same.</summary>
/// <param name="Id">The run's name.</param>
/// <param name="Kind">What it did.</param>
/// <param name="Status">How it stands.</param>
/// <param name="StartedAt">When it began, with the offset of its zone.</param>
/// <param name="Origin">Where it was read; null for a run of RePlexOn's own.</param>
internal sealed record ToldRun(string Id, RunKind Kind, RunStatus Status, DateTimeOffset StartedAt, ImportOrigin? Origin)
{
    /// <summary>Whether it left a copy.</summary>
    public bool IsGood => Status is RunStatus.Succeeded or RunStatus.Warning;

    /// <summary>The day on which it began, where it ran.</summary>
    public DateOnly Day => DateOnly.FromDateTime(StartedAt.DateTime);
}
