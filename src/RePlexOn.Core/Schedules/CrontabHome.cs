namespace RePlexOn.Schedules;

/// <summary>Schedules of ours in a crontab.</summary>
internal sealed class CrontabHome(ICrontabFile file) : IScheduleHome
{
    /// <inheritdoc/>
    public SchedulePlace Place => file.Place;

    /// <inheritdoc/>
    public string LocationOf(ScheduleJob job) => file.Name;

    /// <inheritdoc/>
    public string Write(ScheduledCommand command) => command.ForCron();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScheduleEntry>> ReadAsync(CancellationToken cancellationToken) =>
        [.. (await ReadTextAsync(cancellationToken)).Entries];

    /// <inheritdoc/>
    public async Task CheckAsync(ScheduleEntry entry, CancellationToken cancellationToken) => await ReadTextAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task PutAsync(ScheduleEntry entry, CancellationToken cancellationToken) =>
        await file.WriteAsync((await ReadTextAsync(cancellationToken)).With(entry).ToBytes(), cancellationToken);

    /// <inheritdoc/>
    public async Task RemoveAsync(ScheduleEntry entry, CancellationToken cancellationToken) => await file.WriteAsync(
        (await ReadTextAsync(cancellationToken)).Without(entry.Job, entry.ConfigurationPath).ToBytes(), cancellationToken);

    private async Task<CrontabText> ReadTextAsync(CancellationToken cancellationToken) =>
        new(await file.ReadAsync(cancellationToken), file.User);
}
