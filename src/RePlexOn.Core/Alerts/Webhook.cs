using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace RePlexOn.Alerts;

/// <summary>Posts alerts to a service.</summary>
/// <param name="name">The channel's name.</param>
/// <param name="where">Where to.</param>
/// <param name="request">What the service takes.</param>
/// <param name="client">Posts it.</param>
internal sealed class Webhook(string name, SecretAddress where, Func<SecretAddress, Alert, WebhookRequest> request, WebClient client) : IAlertChannel
{
    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public async Task<string> SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        WebhookRequest what = request(where, alert);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(what.Body.ToJsonString()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        await client.PostAsync(where, what.Address, content, cancellationToken);
        return where.ToString();
    }
}

/// <summary>One request to a service.</summary>
/// <param name="Address">Where to.</param>
/// <param name="Body">What it gets.</param>
internal sealed record WebhookRequest(Uri Address, JsonObject Body);
