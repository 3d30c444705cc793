using RePlexOn.Configuration;

namespace RePlexOn.Alerts;

/// <summary>The channels that a configuration sets, each as far as it can be used.</summary>
internal sealed class AlertChannels : IDisposable
{
    private readonly WebClient _client = new();

    /// <summary>Opens the channels of a configuration.</summary>
    public AlertChannels(RePlexOnConfiguration configuration)
    {
        var channels = new List<IAlertChannel>();
        if (configuration.Mail.To.Count > 0) Add(ProgramMail.ChannelName, () => OpenMail(configuration.Mail));
        WebhookSettings hooks = configuration.Webhooks;
        AddHook("ntfy", hooks.Ntfy, WebhookRequests.Ntfy);
        AddHook("discord", hooks.Discord, WebhookRequests.Discord);
        AddHook("slack", hooks.Slack, WebhookRequests.Slack);
        AddHook("gotify", hooks.Gotify, WebhookRequests.Gotify);
        AddHook("json", hooks.Json, WebhookRequests.Json);
        All = channels;
        if (configuration.Alerts.Ping is { } ping)
            Ping = new PingService(() => SecretAddress.Read("alerts.ping", ping), _client);

        void AddHook(string name, string? value, Func<SecretAddress, Alert, WebhookRequest> request)
        {
            if (value is not null) Add(name, () => new Webhook(name, SecretAddress.Read($"webhooks.{name}", value), request, _client));
        }

        void Add(string name, Func<IAlertChannel> open)
        {
            try
            {
                channels.Add(open());
            }
            catch (RePlexOnException trouble)
            {
                channels.Add(new UnusableChannel(name, trouble));
            }
        }
    }

    /// <summary>The channels that alerts go to.</summary>
    public IReadOnlyList<IAlertChannel> All { get; }

    /// <summary>The watcher that gets pings; null where none is set.</summary>
    public PingService? Ping { get; }

    /// <summary>Whether there is anybody to tell.</summary>
    public bool AreNone => All.Count == 0 && Ping is null;

    /// <summary>What is wrong with the settings of channels, as far as it can be told without asking the other side.</summary>
    public IEnumerable<RePlexOnException> Troubles =>
        All.OfType<UnusableChannel>().Select(channel => channel.Trouble).Concat(Ping?.Trouble is { } trouble ? [trouble] : []);

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private static IAlertChannel OpenMail(MailSettings settings)
    {
        MailAddresses addresses = MailAddresses.Of(settings);
        return settings.Server is null ? new ProgramMail(ProgramMail.Find(settings.Program), addresses) : SmtpMail.Open(settings, addresses);
    }
}
