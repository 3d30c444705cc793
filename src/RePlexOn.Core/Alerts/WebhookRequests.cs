using System.Globalization;
using System.Text.Json.Nodes;

namespace RePlexOn.Alerts;

/// <summary>What each service takes, by its own documentation.</summary>
internal static class WebhookRequests
{
    // ntfy turns longer ones into a file (4,096 bytes); Discord refuses an embed above 4,096 letters; Slack cuts at 40,000.
    private const int LongestNtfy = 3800, LongestDiscord = 3800, LongestSlack = 12_000, LongestGotify = 12_000;

    /// <summary>https://docs.ntfy.sh/publish/#publish-as-json: the topic goes into the body, so that no text becomes a header.</summary>
    public static WebhookRequest Ntfy(SecretAddress where, Alert alert)
    {
        string path = where.Address.AbsolutePath.TrimEnd('/');
        string topic = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        if (topic.Length == 0)
        {
            throw new RePlexOnException("AddressInvalid", ExitCode.Usage, "The address that `webhooks.ntfy` gives names no topic.",
                "Write the topic behind the host, as in https://ntfy.sh/my-topic.");
        }

        var server = new UriBuilder(where.Address) { Path = path[..(path.LastIndexOf('/') + 1)] };
        return new(server.Uri, new JsonObject
        {
            ["topic"] = topic,
            ["title"] = AlertText.Subject(alert),
            ["message"] = AlertText.Short(alert, LongestNtfy),
            ["priority"] = alert.Kind is AlertKind.Failure or AlertKind.Overdue or AlertKind.Security ? 4 : 3,
            ["tags"] = new JsonArray(alert.IsTrouble ? "warning" : alert.Kind == AlertKind.Recovery ? "white_check_mark" : "information_source"),
        });
    }

    /// <summary>https://discord.com/developers/docs/resources/webhook#execute-webhook; nobody is called by a name in a text.</summary>
    public static WebhookRequest Discord(SecretAddress where, Alert alert) => new(where.Address, new JsonObject
    {
        ["username"] = "RePlexOn",
        ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
        ["embeds"] = new JsonArray(new JsonObject
        {
            ["title"] = AlertText.Subject(alert),
            ["description"] = AlertText.Short(alert, LongestDiscord),
            ["color"] = alert.Kind switch
            {
                AlertKind.Failure or AlertKind.Overdue or AlertKind.Security => 0xB3261E,
                AlertKind.Warning => 0xE8A317,
                AlertKind.Recovery => 0x1A7F37,
                _ => 0x0B57D0,
            },
            ["timestamp"] = Moment(alert),
        }),
    });

    /// <summary>https://api.slack.com/messaging/webhooks; three signs have a meaning, and are written as entities.</summary>
    public static WebhookRequest Slack(SecretAddress where, Alert alert) => new(where.Address, new JsonObject
    {
        ["text"] = Escape($"{AlertText.Subject(alert)}\n{AlertText.Short(alert, LongestSlack)}"),
    });

    /// <summary>https://gotify.net/docs/pushmsg</summary>
    public static WebhookRequest Gotify(SecretAddress where, Alert alert) => new(
        where.Address.AbsolutePath.EndsWith("/message", StringComparison.Ordinal) ? where.Address : where.With("/message"),
        new JsonObject
        {
            ["title"] = AlertText.Subject(alert),
            ["message"] = AlertText.Short(alert, LongestGotify),
            ["priority"] = alert.Kind is AlertKind.Failure or AlertKind.Overdue or AlertKind.Security ? 8 : alert.IsTrouble ? 5 : 2,
        });

    /// <summary>The alert as it is, for a program.</summary>
    public static WebhookRequest Json(SecretAddress where, Alert alert) => new(where.Address, new JsonObject
    {
        ["kind"] = alert.Kind.ToString(),
        ["topic"] = alert.Topic,
        ["trouble"] = alert.Trouble,
        ["host"] = alert.Host,
        ["at"] = Moment(alert),
        ["subject"] = AlertText.Subject(alert),
        ["title"] = AlertText.Line(alert.Title),
        ["text"] = AlertText.Paragraph(alert.Text),
        ["advice"] = alert.Advice is null ? null : AlertText.Paragraph(alert.Advice),
        ["facts"] = new JsonObject(alert.Facts.GroupBy(fact => fact.Name).Select(
            facts => KeyValuePair.Create<string, JsonNode?>(facts.Key, AlertText.Line(facts.First().Value)))),
        ["lines"] = new JsonArray([.. AlertText.Lines(alert).Select(line => (JsonNode)line)]),
        ["runId"] = alert.RunId,
        ["toolVersion"] = RunningTool.Version,
    });

    private static string Moment(Alert alert) => alert.At.ToString("O", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
