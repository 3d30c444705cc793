namespace RePlexOn.Alerts;

/// <summary>A way for alerts to reach a person.</summary>
internal interface IAlertChannel
{
    /// <summary>Short name, as in <see cref="AlertDelivery.Channel"/>.</summary>
    string Name { get; }

    /// <summary>Gives an alert to the other side, once.</summary>
    /// <returns>Where it went, for a person.</returns>
    /// <exception cref="RePlexOnException">
    /// What was in the way; with <see cref="ExitCode.TargetUnreachable"/> where it may be gone in a moment.
    /// </exception>
    Task<string> SendAsync(Alert alert, CancellationToken cancellationToken);
}
