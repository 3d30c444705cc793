using RePlexOn.Configuration;
using RePlexOn.Processes;

namespace RePlexOn.Schedules;

/// <summary>The schedules of this machine that start RePlexOn: lists them, puts them in, takes them out again.</summary>
/// <remarks>There is one for each job and configuration. What RePlexOn did not write, it does not change.</remarks>
public sealed class ScheduleBook
{
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<IScheduleHome> _homes;
    private readonly IReadOnlyList<ICrontabFile> _legacy;

    /// <summary>The schedules of the current user.</summary>
    public ScheduleBook(TimeProvider time)
        : this(time, ScheduleHomes.OfThisUser(), ScheduleHomes.WithLegacyLines())
    {
    }

    /// <param name="time">The clock.</param>
    /// <param name="homes">Where schedules of ours can be; the first is the usual one.</param>
    /// <param name="legacy">Where lines of the first system can be.</param>
    internal ScheduleBook(TimeProvider time, IReadOnlyList<IScheduleHome> homes, IReadOnlyList<ICrontabFile> legacy)
    {
        _time = time;
        _homes = homes;
        _legacy = legacy;
    }

    /// <summary>All schedules: ours, and those of the first system.</summary>
    /// <exception cref="RePlexOnException">A place cannot be read.</exception>
    public async Task<IReadOnlyList<BackupSchedule>> ListAsync(CancellationToken cancellationToken)
    {
        var schedules = (await ReadAllAsync(cancellationToken)).ConvertAll(found => ToSchedule(found.Home, found.Entry));
        foreach (ICrontabFile file in _legacy)
        {
            byte[] content = await OrNothingAsync(() => file.ReadAsync(cancellationToken), []);
            foreach ((ScheduleJob job, CrontabLine line) in LegacyLines.Find(new CrontabText(content, file.User), file.User is not null))
            {
                schedules.Add(Describe(job, line.Expression, file.Place, file.Name, line.Command) with
                {
                    IsLegacy = true, Offer = LegacyLines.OfferFor(job, line.Expression, file.Name),
                });
            }
        }

        return schedules;
    }

    /// <summary>Puts a schedule in; one for the same job and configuration gives way, wherever it is. The same twice changes nothing.</summary>
    /// <exception cref="RePlexOnException">
    /// <c>CronExpressionInvalid</c>, <c>ScheduleNeverDue</c>, <c>ProgramMissing</c>, <c>ScheduleNotWritable</c>,
    /// <c>ScheduleTaken</c>, <c>SystemdNotRunning</c>, <c>SystemdRefused</c>, <c>CrontabRefused</c>.
    /// </exception>
    public async Task<ScheduleChange> RegisterAsync(ScheduleOptions options, CancellationToken cancellationToken)
    {
        string configuration = ResolveConfiguration(options.ConfigurationPath);
        List<Found> before = [.. (await ReadAllAsync(cancellationToken)).Where(found => found.Entry.IsFor(options.Job, configuration))];
        IScheduleHome home = options.Place is { } place
            ? _homes.First(one => one.Place == place)
            : before.Count > 0 ? before[0].Home : _homes[0];
        ScheduleEntry entry = NewEntry(options, configuration, home);

        if (before is [var only] && only.Home == home && only.Entry.DoesTheSameAs(entry))
            return new ScheduleChange(ScheduleChangeKind.Unchanged, ToSchedule(home, only.Entry), null);

        await home.CheckAsync(entry, cancellationToken);
        if (!options.DryRun)
        {
            // First the new one: a job that is there twice for a moment is better than one that is nowhere.
            await home.PutAsync(entry, cancellationToken);
            foreach (Found old in before.Where(old => old.Home != home))
                await old.Home.RemoveAsync(old.Entry, cancellationToken);
        }

        return new ScheduleChange(
            before.Count == 0 ? ScheduleChangeKind.Added : ScheduleChangeKind.Changed,
            ToSchedule(home, entry),
            before.Count == 0 ? null : ToSchedule(before[0].Home, before[0].Entry));
    }

    /// <summary>Takes a schedule of ours out, wherever it is.</summary>
    /// <param name="job">Its job.</param>
    /// <param name="configurationPath">The configuration it is for, as a full path; null for the one found by itself.</param>
    /// <param name="dryRun">Only say what would be done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException"><c>ScheduleNotFound</c>, or a place cannot be written.</exception>
    public async Task<IReadOnlyList<ScheduleChange>> UnregisterAsync(
        ScheduleJob job, string? configurationPath, bool dryRun, CancellationToken cancellationToken)
    {
        string configuration = ResolveConfiguration(configurationPath);
        var changes = new List<ScheduleChange>();
        foreach ((IScheduleHome home, ScheduleEntry entry) in await ReadAllAsync(cancellationToken))
        {
            if (!entry.IsFor(job, configuration)) continue;
            if (!dryRun) await home.RemoveAsync(entry, cancellationToken);
            changes.Add(new ScheduleChange(ScheduleChangeKind.Removed, ToSchedule(home, entry), null));
        }

        return changes.Count > 0 ? changes : throw new RePlexOnException(
            "ScheduleNotFound", ExitCode.Usage, $"No schedule of RePlexOn's starts {ScheduledWork.NameOf(job)} with {configuration}.",
            "`replexon schedule list` shows those that there are, each with its configuration.");
    }

    private static string ResolveConfiguration(string? path) => Path.GetFullPath(new ConfigurationStore().ResolvePath(path));

    private ScheduleEntry NewEntry(ScheduleOptions options, string configuration, IScheduleHome home)
    {
        CronExpression expression = CronExpression.Parse(options.Expression ?? ScheduledWork.Of(options.Job).UsualTime);
        DateTimeOffset now = _time.GetUtcNow();
        if (!expression.IsAtBoot && expression.Next(now, _time.LocalTimeZone) is null)
        {
            throw new RePlexOnException("ScheduleNeverDue", ExitCode.Usage, $"'{expression}' is never due: there is no such day.",
                "Look at the day of month and the month.");
        }

        ScheduledCommand command = options.Module is { } module
            ? ScheduledCommand.OfPowerShell(options.Job, ProgramPath.Find(options.Program ?? "pwsh"), module, configuration)
            : ScheduledCommand.OfCommandLine(options.Job, ProgramPath.Find(options.Program ?? "replexon"), configuration);
        return new ScheduleEntry(
            options.Job, expression, home.Write(command),
            new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero), configuration);
    }

    private async Task<List<Found>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var all = new List<Found>();
        foreach (IScheduleHome home in _homes)
        {
            IReadOnlyList<ScheduleEntry> entries = await OrNothingAsync(() => home.ReadAsync(cancellationToken), []);
            all.AddRange(entries.Select(entry => new Found(home, entry)));
        }

        return all;
    }

    // Where cron is not installed, it holds no schedule.
    private static async Task<T> OrNothingAsync<T>(Func<Task<T>> read, T nothing)
    {
        try
        {
            return await read();
        }
        catch (RePlexOnException trouble) when (trouble.ErrorId is "ProgramMissing")
        {
            return nothing;
        }
    }

    private BackupSchedule ToSchedule(IScheduleHome home, ScheduleEntry entry) =>
        Describe(entry.Job, entry.Expression, home.Place, home.LocationOf(entry.Job), entry.Command) with
        {
            ConfigurationPath = entry.ConfigurationPath, Since = entry.Since,
        };

    private BackupSchedule Describe(ScheduleJob job, CronExpression expression, SchedulePlace place, string location, string command) => new()
    {
        Job = job,
        Expression = expression.Text,
        Description = expression.Description,
        Next = expression.Next(_time.GetUtcNow(), _time.LocalTimeZone, place),
        Place = place,
        Location = location,
        Command = command,
    };

    private sealed record Found(IScheduleHome Home, ScheduleEntry Entry);
}
