using RePlexOn.Checks;
using RePlexOn.Configuration;
using RePlexOn.Schedules;

namespace RePlexOn.Setup;

/// <summary>
/// Writes the configuration and the secret file from what the user gives and what is found, has jobs run by themselves, and
/// tests it all there and then. Run again, it keeps what is set and changes what is given. What it makes it notes down, so
/// that <see cref="SetupRemoval"/> can take it back.
/// </summary>
public sealed class InitialSetup
{
    private readonly ConfigurationStore _store = new();
    private readonly ScheduleBook _schedules;
    private readonly SetupSurvey _survey;

    /// <summary>Sets up for the current user.</summary>
    public InitialSetup(TimeProvider time)
        : this(new ScheduleBook(time), new SetupSurvey())
    {
    }

    internal InitialSetup(ScheduleBook schedules, SetupSurvey survey)
    {
        _schedules = schedules;
        _survey = survey;
    }

    /// <summary>Sets RePlexOn up.</summary>
    /// <param name="options">What the user gives.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RePlexOnException">The configuration cannot be written, or what is given is not valid.</exception>
    public async Task<SetupResult> RunAsync(SetupOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        progress?.Report("looking for Plex");
        SetupFindings found = _survey.Look(options.ConfigurationPath, options.Values, cancellationToken);
        var steps = new List<SetupStep>();
        SetupChoice choice = SetupChoice.Of(options, found, steps);
        string path = found.ConfigurationPath;

        // First the new file as a whole is looked at: what is not valid must leave nothing behind.
        if (found.Configuration is null) _store.CreateTemplate(choice.Values);
        if (!options.DryRun) Write(options, found, choice);
        steps.Insert(0, new SetupStep(
            found.Configuration is null ? SetupAction.Added : choice.Values.Count > 0 ? SetupAction.Changed : SetupAction.Unchanged,
            "configuration", path));
        if (options.Password is not null)
            steps.Insert(1, new SetupStep(choice.IsNewSecret ? SetupAction.Added : SetupAction.Changed, "secret", choice.PasswordFile!));
        steps.AddRange(await ScheduleAsync(options, path, cancellationToken));

        IReadOnlyList<Check> checks = options.DryRun ? [] : await new ConfigurationTest().RunAsync(
            path, new ConfigurationOverrides(), options.SkipTargetTest, progress, cancellationToken);
        return new SetupResult(
            path, found.Configuration is null, choice.Source, choice.Target,
            options.Password is null ? null : choice.PasswordFile, choice.StateDirectory, steps, checks);
    }

    private void Write(SetupOptions options, SetupFindings found, SetupChoice choice)
    {
        string[] wanted = options.Password is null ? [found.ConfigurationPath] : [found.ConfigurationPath, choice.PasswordFile!];
        string[] files = [.. wanted.Where(file => !File.Exists(file))];
        string[] folders = [.. files.Append(Path.Combine(choice.StateDirectory, ".")).SelectMany(SetupRecord.MissingAbove)];
        SetupRecord.Add(choice.StateDirectory, files, folders);
        if (options.Password is { } password) _store.WriteSecret(choice.PasswordFile!, password);
        if (found.Configuration is null)
        {
            _store.Create(found.ConfigurationPath, choice.Values);
        }
        else if (choice.Values.Count > 0)
        {
            _store.Set(found.ConfigurationPath, choice.Values);
        }
    }

    private async Task<IReadOnlyList<SetupStep>> ScheduleAsync(SetupOptions options, string configuration, CancellationToken cancellationToken)
    {
        var steps = new List<SetupStep>();
        if (options.Schedules.Count == 0) return steps;

        IReadOnlyList<BackupSchedule> before = await _schedules.ListAsync(cancellationToken);
        foreach (ScheduleJob job in options.Schedules.Distinct())
        {
            if (before.FirstOrDefault(one => one.Job == job && one.ConfigurationPath == Path.GetFullPath(configuration)) is { } there)
            {
                steps.Add(Step(SetupAction.Unchanged, there));
                continue;
            }

            ScheduleChange change = await _schedules.RegisterAsync(
                new ScheduleOptions
                {
                    Job = job,
                    // The times of the first system's line, which its user chose.
                    Expression = options.IgnoreFirstSystem ? null : before.FirstOrDefault(one => one.IsLegacy && one.Job == job)?.Expression,
                    ConfigurationPath = configuration,
                    Program = options.Program,
                    Module = options.Module,
                    DryRun = options.DryRun,
                },
                cancellationToken);
            steps.Add(Step(SetupAction.Added, change.Schedule));
        }

        // Both would work on one mirror, at the same time of night.
        steps.AddRange(before.Where(one => one.IsLegacy && options.Schedules.Contains(one.Job)).Select(one => new SetupStep(
            SetupAction.Kept, "line of the first RePlexOn, for you to take out", $"{one.Expression} {one.Command}, in {one.Location}")));
        return steps;
    }

    private static SetupStep Step(SetupAction action, BackupSchedule schedule) =>
        new(action, $"schedule of {ScheduledWork.NameOf(schedule.Job)}", $"{schedule.Description}, in {schedule.Location}");
}
