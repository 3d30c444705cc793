using System.Text;

namespace RePlexOn.Alerts;

/// <summary>
/// Tells a watcher such as healthchecks that backups begin and end (https://healthchecks.io/docs/http_api): what does not
/// come in time it tells of itself, also when this whole machine is gone.
/// </summary>
/// <param name="open">Reads the address of the check.</param>
/// <param name="client">Posts to it.</param>
internal sealed class PingService(Func<SecretAddress> open, WebClient client) : IAlertChannel
{
    /// <summary>The channel's name.</summary>
    public const string ChannelName = "ping";

    // healthchecks keeps the first 100 KB of a body.
    private const int LongestText = 10_000;

    /// <inheritdoc />
    public string Name => ChannelName;

    /// <summary>A backup begins.</summary>
    public Task<string> StartAsync(CancellationToken cancellationToken) => PostAsync("/start", "", cancellationToken);

    /// <summary>A backup has left a copy.</summary>
    public Task<string> SucceedAsync(string text, CancellationToken cancellationToken) => PostAsync("", text, cancellationToken);

    /// <summary>A backup has left none.</summary>
    public Task<string> FailAsync(string text, CancellationToken cancellationToken) => PostAsync("/fail", text, cancellationToken);

    /// <summary>Sends a text that changes nothing of how the check stands, to try the way.</summary>
    public Task<string> SendAsync(Alert alert, CancellationToken cancellationToken) =>
        PostAsync("/log", AlertText.Short(alert, LongestText), cancellationToken);

    /// <summary>What is wrong with its address; null where nothing is.</summary>
    public RePlexOnException? Trouble
    {
        get
        {
            try
            {
                open();
                return null;
            }
            catch (RePlexOnException trouble)
            {
                return trouble;
            }
        }
    }

    private async Task<string> PostAsync(string path, string text, CancellationToken cancellationToken)
    {
        SecretAddress where = open();
        using var content = new StringContent(AlertText.Paragraph(text), Encoding.UTF8, "text/plain");
        await client.PostAsync(where, where.With(path), content, cancellationToken);
        return where.ToString();
    }
}
