using RePlexOn.Backup;
using RePlexOn.Configuration;
using RePlexOn.History;

namespace RePlexOn.Alerts;

/// <summary>
/// Tells people what they should know, over the channels that are set. Whatever finds something out raises an
/// <see cref="Alert"/> here; the same trouble is told once. That an alert does not arrive is in the history, and throws
/// nothing.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class AlertCenter(TimeProvider time)
{
    /// <summary>The names of all channels that alerts can go over, set or not.</summary>
    public static IReadOnlyList<string> ChannelNames { get; } = [ProgramMail.ChannelName, "ntfy", "discord", "slack", "gotify", "json"];

    /// <summary>Tells of something by rule: not where the same trouble of that topic was told already.</summary>
    /// <param name="configuration">What the user set.</param>
    /// <param name="alert">What to tell.</param>
    /// <param name="cancellationToken">Stops it; what was not delivered then is tried again with the next run or check.</param>
    /// <returns>What became of it; null where it was told already, or no channel is set.</returns>
    /// <exception cref="RePlexOnException">The history cannot be written.</exception>
    public async Task<AlertRecord?> RaiseAsync(RePlexOnConfiguration configuration, Alert alert, CancellationToken cancellationToken = default)
    {
        using var channels = new AlertChannels(configuration);
        if (channels.All.Count == 0) return null;

        using HistoryStore history = Open(configuration);
        return await new AlertPost(new AlertHistory(history), channels.All, time).SendAsync(alert, cancellationToken);
    }

    /// <summary>Sends an alert because somebody says so, however often it was told.</summary>
    /// <param name="configuration">What the user set.</param>
    /// <param name="alert">What to tell.</param>
    /// <param name="channelNames">Only over these channels; null or none for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What became of it on each channel.</returns>
    /// <exception cref="RePlexOnException"><c>AlertChannelNotSet</c>; or the history cannot be written.</exception>
    public async Task<AlertRecord> SendAsync(
        RePlexOnConfiguration configuration, Alert alert, IReadOnlyList<string>? channelNames = null, CancellationToken cancellationToken = default)
    {
        using var channels = new AlertChannels(configuration);
        IReadOnlyList<IAlertChannel> chosen = Choose(channels.All, channelNames);
        using HistoryStore history = Open(configuration);
        // Only what has a trouble by name is told once.
        return (await new AlertPost(new AlertHistory(history), chosen, time).SendAsync(alert with { Trouble = null }, cancellationToken))!;
    }

    /// <summary>Sends a test over each channel, the pings' too; the watcher takes it as a note that changes nothing.</summary>
    /// <inheritdoc cref="SendAsync" />
    public async Task<AlertRecord> TestAsync(
        RePlexOnConfiguration configuration, IReadOnlyList<string>? channelNames = null, CancellationToken cancellationToken = default)
    {
        using var channels = new AlertChannels(configuration);
        IReadOnlyList<IAlertChannel> chosen = Choose(channels.Ping is { } ping ? [.. channels.All, ping] : channels.All, channelNames);
        using HistoryStore history = Open(configuration);
        var alert = new Alert
        {
            Kind = AlertKind.Test,
            Topic = "Alerts",
            Title = "Alerts from this machine arrive",
            Text = "This is a test: somebody asked whether alerts arrive. If you read this, they do.",
            At = time.GetLocalNow(),
        };
        return (await new AlertPost(new AlertHistory(history), chosen, time).SendAsync(alert, cancellationToken))!;
    }

    /// <summary>Tells what the rules say is due: overdue and dead runs, what is well again, the week's digest, and what did not arrive before.</summary>
    /// <param name="configuration">What the user set.</param>
    /// <param name="status">How the backup stands.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was told, or was tried again; empty where nothing was due, or no alerts are wanted.</returns>
    /// <exception cref="RePlexOnException">The history cannot be written.</exception>
    public async Task<IReadOnlyList<AlertRecord>> CheckAsync(
        RePlexOnConfiguration configuration, BackupStatus status, CancellationToken cancellationToken = default)
    {
        using var channels = new AlertChannels(configuration);
        if (channels.All.Count == 0 || configuration.Alerts.Runs == AlertedRuns.None) return [];

        using HistoryStore history = Open(configuration);
        return await new AlertRules(configuration, history, channels, time).CheckAsync(status, cancellationToken);
    }

    /// <summary>What a run that is over has to tell.</summary>
    /// <param name="configuration">What the user set.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="RePlexOnException"><c>RunUnderWay</c>; or the history cannot be read.</exception>
    public Alert Describe(RePlexOnConfiguration configuration, BackupRun run)
    {
        using HistoryStore history = HistoryStore.Open(configuration.StateDirectory, HistoryAccess.Read, time);
        return new AlertWriter(history, time).Of(run, warnings: true) ?? throw new RePlexOnException(
            "RunUnderWay", ExitCode.Usage, $"There is nothing to tell yet of run {run.Number}, which is {run.Status}.", "Wait for its end.");
    }

    /// <summary>An alert of a person's or a script's own.</summary>
    /// <param name="title">What happened, in a few words.</param>
    /// <param name="text">The whole of it.</param>
    public Alert Message(string title, string text) =>
        new() { Kind = AlertKind.Message, Topic = "Message", Title = title, Text = text, At = time.GetLocalNow() };

    /// <summary>The subject that an alert goes out with.</summary>
    public static string SubjectOf(Alert alert) => AlertText.Subject(alert);

    /// <summary>An alert as plain text.</summary>
    public static string TextOf(Alert alert) => AlertText.Plain(alert);

    /// <summary>The names of the channels that an alert would go to.</summary>
    /// <param name="configuration">What the user set.</param>
    /// <param name="channelNames">Only these; null or none for all.</param>
    /// <exception cref="RePlexOnException"><c>AlertChannelNotSet</c>.</exception>
    public static IReadOnlyList<string> ChannelsOf(RePlexOnConfiguration configuration, IReadOnlyList<string>? channelNames = null)
    {
        using var channels = new AlertChannels(configuration);
        return [.. Choose(channels.All, channelNames).Select(channel => channel.Name)];
    }

    private HistoryStore Open(RePlexOnConfiguration configuration) => HistoryStore.Open(configuration.StateDirectory, HistoryAccess.Write, time);

    private static IReadOnlyList<IAlertChannel> Choose(IReadOnlyList<IAlertChannel> all, IReadOnlyList<string>? names)
    {
        if (all.Count == 0)
        {
            throw new RePlexOnException("AlertChannelNotSet", ExitCode.Usage, "No channel for alerts is set.",
                "Set `mail.to` (replexon config set mail.to you@example.org), or one of `webhooks`.");
        }

        if (names is null or []) return all;
        if (names.FirstOrDefault(name => all.All(channel => !Is(channel, name))) is { } unknown)
        {
            throw new RePlexOnException("AlertChannelNotSet", ExitCode.Usage, $"The channel '{unknown}' is not set.",
                $"Set are: {string.Join(", ", all.Select(channel => channel.Name))}.");
        }

        return [.. all.Where(channel => names.Any(name => Is(channel, name)))];

        static bool Is(IAlertChannel channel, string name) => channel.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
