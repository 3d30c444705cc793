using System.Net;
using System.Net.Security;
using System.Text.Json;

namespace RePlexOn.Plex;

/// <summary>Talks to a running server: who it is, its settings. Follows no redirection, for a token could go with it.</summary>
internal sealed class PlexServerClient : IDisposable
{
    private const int LargestAnswer = 4 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client;

    private PlexServerClient(Uri address)
    {
        Address = address;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                // Plex's certificate is for its plex.direct name, which no connection to this machine itself can show.
                RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || address.IsLoopback,
            },
        };
        _client = new HttpClient(handler) { BaseAddress = address, Timeout = Patience, MaxResponseContentBufferSize = LargestAnswer };
        _client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    /// <summary>Where it talks to.</summary>
    public Uri Address { get; }

    /// <summary>Who answers there.</summary>
    public PlexIdentity Identity { get; private set; } = new(null, "", "");

    /// <summary>Finds the server at an address; one that answers in clear text no more is asked over TLS.</summary>
    /// <returns>Null where no Plex server answers.</returns>
    public static async Task<PlexServerClient?> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        Uri[] ways = address.Scheme == Uri.UriSchemeHttp ? [address, new UriBuilder(address) { Scheme = Uri.UriSchemeHttps }.Uri] : [address];
        foreach (Uri way in ways)
        {
            var client = new PlexServerClient(way);
            if (await client.AskIdentityAsync(cancellationToken) is { } identity)
            {
                client.Identity = identity;
                return client;
            }

            client.Dispose();
        }

        return null;
    }

    /// <summary>How the server answers somebody who asks for its libraries without signing in; null for not at all.</summary>
    public async Task<HttpStatusCode?> AskAsStrangerAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/library/sections", UriKind.Relative));
        return (await SendAsync(request, cancellationToken))?.Status;
    }

    /// <summary>All settings with their values, secret ones left out; null where the server does not give them to this token.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> ReadSettingsAsync(PlexToken token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/:/prefs", UriKind.Relative));
        token.AddTo(request.Headers);
        if (await SendAsync(request, cancellationToken) is not { Status: HttpStatusCode.OK, Body: var body }) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            var settings = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (JsonElement setting in document.RootElement.GetProperty("MediaContainer").GetProperty("Setting").EnumerateArray())
            {
                if (setting.GetProperty("id").GetString() is { } id && !PlexPreferences.IsSecret(id) && setting.TryGetProperty("value", out JsonElement value))
                {
                    settings[id] = TextOf(value);
                }
            }

            return settings;
        }
        catch (Exception trouble) when (trouble is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Sets values, all by one request.</summary>
    /// <returns>Whether the server took them.</returns>
    public async Task<bool> SetAsync(PlexToken token, IEnumerable<KeyValuePair<string, string>> values, CancellationToken cancellationToken)
    {
        string query = string.Join('&', values.Select(one => $"{Uri.EscapeDataString(one.Key)}={Uri.EscapeDataString(one.Value)}"));
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"/:/prefs?{query}", UriKind.Relative));
        token.AddTo(request.Headers);
        return await SendAsync(request, cancellationToken) is { Status: HttpStatusCode.OK };
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private async Task<PlexIdentity?> AskIdentityAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/identity", UriKind.Relative));
        if (await SendAsync(request, cancellationToken) is not { Status: HttpStatusCode.OK, Body: var body }) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement container = document.RootElement.GetProperty("MediaContainer");
            bool? claimed = container.TryGetProperty("claimed", out JsonElement value) ? IsTrue(TextOf(value)) : null;
            return new PlexIdentity(
                claimed, container.GetProperty("machineIdentifier").GetString() ?? "", container.GetProperty("version").GetString() ?? "");
        }
        catch (Exception trouble) when (trouble is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // something else listens there
        }
    }

    private async Task<Answer?> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
            return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException or InvalidOperationException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static bool IsTrue(string text) => text is "1" or "true";

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Number => value.GetRawText(),
        _ => "",
    };

    private sealed record Answer(HttpStatusCode Status, string Body);
}
