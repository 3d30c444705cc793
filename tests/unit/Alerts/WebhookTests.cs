using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using RePlexOn.Alerts;
using RePlexOn.Configuration;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Alerts;

/// <summary>Alerts posted to a real web server.</summary>
public sealed class WebhookTests : IDisposable
{
    private const string Secret = "/hooks/s3cret";

    private readonly ScratchFolder _folder = new();
    private readonly WebServer _server = new();
    private readonly ImpatientTime _time = new(AlertTextTests.At);

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Should_post_to_ntfy_with_the_topic_and_the_title_in_the_body()
    {
        await SendWellAsync(new() { Ntfy = Private($"{_server.Address}/base/my-topic\ntk_s3cret\n") });

        ReceivedRequest request = Assert.Single(_server.Requests);
        Assert.Equal(("POST", "/base/", "Bearer tk_s3cret"), (request.Method, request.Path, request.Authorization));
        Assert.Equal("my-topic", request.Json.GetProperty("topic").GetString());
        Assert.Equal(AlertText.Subject(Hostile), request.Json.GetProperty("title").GetString());
        Assert.StartsWith("No answer from ä.", request.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(4, request.Json.GetProperty("priority").GetInt32());
    }

    [Fact]
    public async Task Should_post_to_discord_so_that_nobody_is_called()
    {
        await SendWellAsync(new() { Discord = _server.Address + Secret });

        ReceivedRequest request = Assert.Single(_server.Requests);
        Assert.Equal(Secret, request.Path);
        Assert.Empty(request.Json.GetProperty("allowed_mentions").GetProperty("parse").EnumerateArray());
        JsonElement embed = Assert.Single(request.Json.GetProperty("embeds").EnumerateArray());
        Assert.Equal(AlertText.Subject(Hostile), embed.GetProperty("title").GetString());
        Assert.Equal("2026-11-22T03:02:00.0000000+01:00", embed.GetProperty("timestamp").GetString());
    }

    [Fact]
    public async Task Should_post_to_slack_with_its_three_signs_as_entities()
    {
        await SendWellAsync(new() { Slack = _server.Address + Secret });

        string text = Assert.Single(_server.Requests).Json.GetProperty("text").GetString()!;
        Assert.Contains("&lt;!channel&gt; &amp; \"ä\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "/message")]
    [InlineData("/", "/message")]
    [InlineData("/gotify", "/gotify/message")]
    [InlineData("/gotify/message", "/gotify/message")]
    public async Task Should_post_to_gotify_wherever_it_lies(string given, string expected)
    {
        await SendWellAsync(new() { Gotify = Private($"{_server.Address}{given}\nA.s3cret\n") });

        ReceivedRequest request = Assert.Single(_server.Requests);
        Assert.Equal((expected, "Bearer A.s3cret"), (request.Path, request.Authorization));
        Assert.Equal(8, request.Json.GetProperty("priority").GetInt32());
    }

    [Fact]
    public async Task Should_post_the_alert_as_it_is()
    {
        await SendWellAsync(new() { Json = _server.Address.Replace("http://", "http://me:pass@", StringComparison.Ordinal) + Secret });

        ReceivedRequest request = Assert.Single(_server.Requests);
        Assert.Equal("Basic bWU6cGFzcw==", request.Authorization);
        Assert.StartsWith("application/json", request.ContentType, StringComparison.Ordinal);
        Assert.Equal("Failure", request.Json.GetProperty("kind").GetString());
        Assert.Equal("TargetUnreachable", request.Json.GetProperty("trouble").GetString());
        Assert.Equal("one", request.Json.GetProperty("facts").GetProperty("Fact").GetString());
        Assert.Equal(["a line"], request.Json.GetProperty("lines").EnumerateArray().Select(line => line.GetString()));
    }

    [Fact]
    public async Task Should_try_again_while_the_other_side_is_in_trouble()
    {
        _server.Answer(503, 429);

        AlertDelivery delivery = await SendAsync(new() { Json = _server.Address + Secret });

        Assert.Equal((DeliveryStatus.Delivered, 3), (delivery.Status, delivery.Attempts));
        Assert.Equal(3, _server.Requests.Count);
        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10)], _time.Pauses);
    }

    [Fact]
    public async Task Should_give_up_after_the_third_time()
    {
        _server.Answer(500, 502, 503, 504);

        AlertDelivery delivery = await SendAsync(new() { Json = _server.Address + Secret });

        Assert.Equal((DeliveryStatus.Failed, 3, "WebTrouble"), (delivery.Status, delivery.Attempts, delivery.ErrorId));
        Assert.Equal(3, _server.Requests.Count);
    }

    [Theory]
    [InlineData(401, "WebRefused")]
    [InlineData(403, "WebRefused")]
    [InlineData(404, "WebNotFound")]
    [InlineData(400, "WebNotTaken")]
    public async Task Should_not_try_again_what_cannot_go_well(int status, string errorId)
    {
        _server.Answer(status);

        AlertDelivery delivery = await SendAsync(new() { Discord = _server.Address + Secret });

        Assert.Equal((DeliveryStatus.Failed, 1, errorId), (delivery.Status, delivery.Attempts, delivery.ErrorId));
        Assert.Single(_server.Requests);
        HoldsNoSecret(delivery);
    }

    [Fact]
    public async Task Should_follow_no_redirect_with_a_secret()
    {
        using var other = new WebServer();
        _server.Redirect(other.Address + "/else");

        AlertDelivery delivery = await SendAsync(new() { Gotify = Private($"{_server.Address}\nA.s3cret\n") });

        Assert.Equal((DeliveryStatus.Failed, "WebRedirect"), (delivery.Status, delivery.ErrorId));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Should_say_that_nobody_listens_without_naming_the_secret()
    {
        AlertDelivery delivery = await SendAsync(new() { Slack = $"http://127.0.0.1:{Server.FreePort()}{Secret}" });

        Assert.Equal((DeliveryStatus.Failed, "WebUnreachable", 3), (delivery.Status, delivery.ErrorId, delivery.Attempts));
        Assert.Contains("127.0.0.1", delivery.Message, StringComparison.Ordinal);
        HoldsNoSecret(delivery);
    }

    [Fact]
    public async Task Should_say_that_a_name_is_unknown()
    {
        AlertDelivery delivery = await SendAsync(new() { Slack = $"https://no-such-host.invalid{Secret}" });

        Assert.Equal((DeliveryStatus.Failed, "WebNameUnknown"), (delivery.Status, delivery.ErrorId));
        HoldsNoSecret(delivery);
    }

    [Fact]
    public async Task Should_give_nothing_to_a_server_with_a_certificate_that_nobody_trusts()
    {
        var certificate = new TestCertificate(_folder);
        using var pem = X509Certificate2.CreateFromPemFile(certificate.Path, certificate.KeyPath);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<int> got = Task.Run(async () =>
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            await using var tls = new SslStream(client.GetStream());
            try
            {
                await tls.AuthenticateAsServerAsync(pem);
                return await tls.ReadAsync(new byte[1]);
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                return 0;
            }
        });

        AlertDelivery delivery = await SendAsync(new() { Slack = $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}{Secret}" });

        Assert.Equal((DeliveryStatus.Failed, "WebUntrusted", 1), (delivery.Status, delivery.ErrorId, delivery.Attempts));
        Assert.Equal(0, await got);
        HoldsNoSecret(delivery);
    }

    [Fact]
    public async Task Should_let_no_channel_hinder_another()
    {
        AlertRecord record = await Center.SendAsync(
            Configuration(new() { Slack = "/no/such/file", Ntfy = _server.Address, Json = _server.Address + Secret }), Hostile);

        Assert.Equal(
            [("json", DeliveryStatus.Delivered, null), ("ntfy", DeliveryStatus.Failed, "AddressInvalid"), ("slack", DeliveryStatus.Failed, "AddressFileMissing")],
            record.Deliveries.OrderBy(one => one.Channel, StringComparer.Ordinal).Select(one => (one.Channel, one.Status, one.ErrorId)));
    }

    [Fact]
    public async Task Should_name_the_channels_that_are_set_where_one_is_not()
    {
        RePlexOnException trouble = await Assert.ThrowsAsync<RePlexOnException>(
            () => Center.SendAsync(Configuration(new() { Json = _server.Address + Secret }), Hostile, ["mail"]));
        Assert.Equal("AlertChannelNotSet", trouble.ErrorId);
        Assert.Contains("json", trouble.Advice, StringComparison.Ordinal);
    }

    private static Alert Hostile { get; } = AlertTextTests.Sample() with
    {
        Title = "Failed: <!channel> & \"ä\"", Text = "No answer from ä. <!channel> & \"ä\"", Facts = [new("Fact", "one"), new("Fact", "two")], Lines = ["a line"],
    };

    private AlertCenter Center => new(_time);

    private async Task SendWellAsync(WebhookSettings hooks)
    {
        AlertDelivery delivery = await SendAsync(hooks);
        Assert.True(delivery.Status == DeliveryStatus.Delivered, delivery.ToString());
    }

    private async Task<AlertDelivery> SendAsync(WebhookSettings hooks) =>
        Assert.Single((await Center.RaiseAsync(Configuration(hooks), Hostile))!.Deliveries);

    private RePlexOnConfiguration Configuration(WebhookSettings hooks) => new() { StateDirectory = _folder.At("state"), Webhooks = hooks };

    private string Private(string content)
    {
        string path = _folder.File("address", content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static void HoldsNoSecret(AlertDelivery delivery) =>
        Assert.DoesNotContain("s3cret", $"{delivery.Message} {delivery.Advice}", StringComparison.Ordinal);
}
