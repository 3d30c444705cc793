namespace RePlexOn.Schedules;

/// <summary>A place that holds schedules of ours.</summary>
internal interface IScheduleHome
{
    /// <summary>Which.</summary>
    SchedulePlace Place { get; }

    /// <summary>The schedules of ours in it.</summary>
    Task<IReadOnlyList<ScheduleEntry>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Where a schedule of a job lies, as a message names it.</summary>
    string LocationOf(ScheduleJob job);

    /// <summary>A command as it is written here.</summary>
    /// <exception cref="RePlexOnException"><c>ScheduleNotWritable</c>: it cannot be.</exception>
    string Write(ScheduledCommand command);

    /// <summary>Whether a schedule can be said here, and put here; looks, and changes nothing.</summary>
    /// <exception cref="RePlexOnException">It cannot, or not now.</exception>
    Task CheckAsync(ScheduleEntry entry, CancellationToken cancellationToken);

    /// <summary>Puts a schedule in, in the place of the one for the same job and configuration.</summary>
    Task PutAsync(ScheduleEntry entry, CancellationToken cancellationToken);

    /// <summary>Takes a schedule out.</summary>
    Task RemoveAsync(ScheduleEntry entry, CancellationToken cancellationToken);
}
