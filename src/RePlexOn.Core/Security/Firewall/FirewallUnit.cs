using RePlexOn.Schedules;

namespace RePlexOn.Security.Firewall;

/// <summary>The systemd unit that loads the rules before the network is up.</summary>
internal sealed class FirewallUnit
{
    /// <summary>Its name.</summary>
    public const string Name = "replexon-firewall.service";

    private readonly Systemctl _systemctl = new(ofUser: false);

    /// <summary>Writes it.</summary>
    public static string Write(FirewallBootCommands commands) => $"""
        {FirewallText.Heading}
        [Unit]
        Description=RePlexOn: firewall of the Plex server's port
        Wants=network-pre.target
        Before=network-pre.target
        # These empty the whole rule set when they start, stop or reload: ours has to come after them, and again with them.
        After=nftables.service netfilter-persistent.service
        PartOf=nftables.service netfilter-persistent.service
        ReloadPropagatedFrom=nftables.service netfilter-persistent.service

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        {Lines("ExecStart", commands.Start)}
        {Lines("ExecReload", commands.Start)}
        {Lines("ExecStop", commands.Stop)}

        [Install]
        WantedBy=multi-user.target

        """;

    /// <summary>Has the systemd that runs here know the unit, and count it as started.</summary>
    /// <exception cref="RePlexOnException"><c>SystemdRefused</c>.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!_systemctl.IsRunning) return;
        try
        {
            await _systemctl.RunAsync(cancellationToken, "daemon-reload");
            await _systemctl.RunAsync(cancellationToken, "start", Name);
        }
        catch (RePlexOnException e)
        {
            throw new RePlexOnException(
                e.ErrorId, e.ExitCode, e.Message, $"Look at `systemctl status {Name}`. The rules are as they were before.", e);
        }
    }

    /// <summary>Has systemd stop it, before its file goes.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        _systemctl.IsRunning ? _systemctl.TryAsync(cancellationToken, "stop", Name) : Task.CompletedTask;

    /// <summary>Has systemd see that files have gone.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken) =>
        _systemctl.IsRunning ? _systemctl.TryAsync(cancellationToken, "daemon-reload") : Task.CompletedTask;

    private static string Lines(string name, IReadOnlyList<string> commands) => string.Join('\n', commands.Select(command => $"{name}={command}"));
}
