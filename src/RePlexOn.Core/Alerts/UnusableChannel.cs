namespace RePlexOn.Alerts;

/// <summary>A channel that is set and cannot be used: each delivery says why, and the others go on.</summary>
/// <param name="name">The channel's name.</param>
/// <param name="trouble">What is wrong with its settings.</param>
internal sealed class UnusableChannel(string name, RePlexOnException trouble) : IAlertChannel
{
    /// <inheritdoc />
    public string Name => name;

    /// <summary>What is wrong with its settings.</summary>
    public RePlexOnException Trouble => trouble;

    /// <inheritdoc />
    public Task<string> SendAsync(Alert alert, CancellationToken cancellationToken) => throw trouble;
}
