using System.Globalization;
using RePlexOn.Configuration;
using RePlexOn.Plex;
using RePlexOn.Schedules;
using RePlexOn.Targets;

namespace RePlexOn.Setup;

/// <summary>Asks what set-up needs to know and was not given, and tries each answer there and then. It writes nothing.</summary>
/// <param name="dialogue">The person.</param>
/// <param name="schedules">The schedules of this machine.</param>
public sealed class SetupInterview(ISetupDialogue dialogue, ScheduleBook schedules)
{
    private static readonly (ScheduleJob Job, string Question)[] Offers =
    [
        (ScheduleJob.Mirror, "Back up by itself"),
        (ScheduleJob.Verify, "Prove the copy by itself"),
        (ScheduleJob.ConfigBackup, "Back up this configuration by itself"),
        (ScheduleJob.Check, "Check by itself that all this happens"),
    ];

    /// <summary>Asks.</summary>
    /// <param name="given">What the user gave already; it is not asked for.</param>
    /// <param name="found">What is on the machine.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was given, with the answers in it.</returns>
    /// <exception cref="OperationCanceledException">There is nobody to answer.</exception>
    public async Task<SetupOptions> RunAsync(SetupOptions given, SetupFindings found, CancellationToken cancellationToken)
    {
        if (found.Configuration is not null) dialogue.Say($"{found.ConfigurationPath} is there; Enter keeps what is set.");
        FirstSystemSettings? first = given.IgnoreFirstSystem ? null : found.FirstSystem;
        if (first is not null) dialogue.Say($"The first RePlexOn was set up here ({string.Join(", ", first.ReadFrom)}); its settings are offered.");

        string source = given.Values.Source ?? AskSource(found, first);
        (string target, string? passwordFile, string? password) = await AskTargetAsync(given, found, first, cancellationToken);
        IReadOnlyList<ScheduleJob> jobs = given.Schedules.Count > 0
            ? given.Schedules
            : await AskSchedulesAsync(found, given.IgnoreFirstSystem, cancellationToken);
        return given with
        {
            Values = given.Values with { Source = source, Target = target, PasswordFile = passwordFile },
            Password = password,
            Schedules = jobs,
            MailTo = given.MailTo ?? AskMailTo(found, first),
        };
    }

    private string? AskMailTo(SetupFindings found, FirstSystemSettings? first)
    {
        if (found.Configuration?.Mail.To is [_, ..]) return null;

        while (true)
        {
            string answer = dialogue.Ask(
                first?.MailTo is null ? "Mail address for alerts (Enter for none)" : "Mail address for alerts (none for none)", first?.MailTo);
            if (answer is "" or "none") return null;
            if (answer.Contains('@', StringComparison.Ordinal) && !answer.Any(char.IsWhiteSpace)) return answer;
            dialogue.Say($"{answer} is no mail address: it looks like name@example.org.");
        }
    }

    private string AskSource(SetupFindings found, FirstSystemSettings? first)
    {
        string[] places = [.. found.Installations.Select(one => one.Path)];
        if (places.Length > 1)
        {
            dialogue.Say("Plex data directories on this machine:");
            for (int index = 0; index < places.Length; index++)
                dialogue.Say(string.Create(CultureInfo.InvariantCulture, $"  {index + 1}  {places[index]} ({found.Installations[index].Evidence})"));
        }

        string? usual = found.Configuration?.Source ?? first?.Source ?? places.FirstOrDefault();
        while (true)
        {
            string answer = dialogue.Ask("The Plex data directory (it holds Preferences.xml)", usual);
            if (int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= places.Length)
                answer = places[number - 1];
            try
            {
                if (answer.Length > 0) return PlexDataDirectory.Open(answer).Path;
                dialogue.Say("It is needed: without it there is nothing to back up.");
            }
            catch (RePlexOnException trouble)
            {
                Tell(trouble);
            }
        }
    }

    private async Task<(string Target, string? PasswordFile, string? Password)> AskTargetAsync(
        SetupOptions given, SetupFindings found, FirstSystemSettings? first, CancellationToken cancellationToken)
    {
        RePlexOnConfiguration settings = found.Configuration ?? new RePlexOnConfiguration { StateDirectory = found.StateDirectory };
        string? usual = settings.Target ?? first?.Target, passwordFile = given.Values.PasswordFile ?? settings.PasswordFile ?? first?.PasswordFile;
        while (true)
        {
            string target = given.Values.Target ?? dialogue.Ask("Where backups go (a folder, rsync://user@nas/module, user@nas:/folder)", usual);
            if (target.Length == 0) continue;

            string? password = given.Password;
            try
            {
                bool isDaemon = BackupTarget.Parse(target, new TargetOptions()) is DaemonTarget;
                if (isDaemon && password is null && !File.Exists(passwordFile)) password = NullIfEmpty(dialogue.AskSecret("Password of the rsync module (Enter for none)"));
                string? file = isDaemon && File.Exists(passwordFile) ? passwordFile : null;
                if (given.SkipTargetTest) return (target, given.Values.PasswordFile ?? file, password);

                dialogue.Say($"Asking {target} …");
                await TargetTrial.RunAsync(target, settings, file, password, cancellationToken);
                dialogue.Say("It answers.");
                return (target, given.Values.PasswordFile ?? (password is null ? file : null), password);
            }
            catch (RePlexOnException trouble)
            {
                Tell(trouble);
                if (trouble.ExitCode == ExitCode.Refused && given.Password is null
                    && NullIfEmpty(dialogue.AskSecret("Another password (Enter to name another target)")) is { } second)
                {
                    given = given with { Password = second, Values = given.Values with { Target = target } };
                    continue;
                }

                if (trouble.ErrorId != "InvalidTarget" && dialogue.Confirm($"Take {target} nevertheless", usual: false))
                    return (target, given.Values.PasswordFile, password);
                given = given with { Password = null, Values = given.Values with { Target = null } };
            }
        }
    }

    private async Task<IReadOnlyList<ScheduleJob>> AskSchedulesAsync(SetupFindings found, bool ignoreFirst, CancellationToken cancellationToken)
    {
        IReadOnlyList<BackupSchedule> there = await schedules.ListAsync(cancellationToken);
        var chosen = new List<ScheduleJob>();
        foreach ((ScheduleJob job, string question) in Offers)
        {
            if (there.FirstOrDefault(one => one.Job == job && one.ConfigurationPath == found.ConfigurationPath) is { } ours)
            {
                dialogue.Say($"{ScheduledWork.NameOf(job)} runs by itself already: {ours.Description}.");
                continue;
            }

            BackupSchedule? old = ignoreFirst ? null : there.FirstOrDefault(one => one.IsLegacy && one.Job == job);
            string when = old?.Description ?? CronExpression.Parse(ScheduledWork.Of(job).UsualTime).Description;
            if (dialogue.Confirm($"{question} ({when}{(old is null ? "" : ", as the first RePlexOn")})", usual: true)) chosen.Add(job);
        }

        return chosen;
    }

    private void Tell(RePlexOnException trouble)
    {
        dialogue.Say(trouble.Message);
        if (trouble.Advice.Length > 0) dialogue.Say(trouble.Advice);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
