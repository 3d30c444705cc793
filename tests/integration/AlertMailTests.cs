using System.Text.Json;
using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.IntegrationTests;

/// <summary>
/// Mail by a real SMTP server that wants STARTTLS and a login, both ways: directly, and through msmtp. Whether its
/// certificate is trusted is up to the command's environment.
/// </summary>
public sealed class AlertMailTests : IAsyncLifetime, IDisposable
{
    private const string Evil = "The film \"a\r\nBcc: all@example.org\n.mkv\" is gone.";

    private readonly ScratchFolder _folder = new();
    private readonly TestCertificate _certificate;
    private SmtpServer _server = null!;

    public AlertMailTests() => _certificate = new TestCertificate(_folder);

    public async Task InitializeAsync() => _server = await SmtpServer.StartAsync(_certificate);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("smtp")]
    [InlineData("msmtp")]
    public async Task Should_arrive_encrypted_by_a_login_and_with_headers_that_no_text_breaks(string way)
    {
        Configure(way);

        CommandResult result = await RunAsync(trusted: true, "alert", "send", Evil, "--title", "Grüße\nX-Evil: 1");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.StartsWith("mail: delivered to admin@example.org by ", result.Output, StringComparison.Ordinal);
        JsonElement mail = Assert.Single(_server.Mail);
        Assert.True(mail.GetProperty("tls").GetBoolean());
        Assert.Equal(SmtpServer.User, mail.GetProperty("user").GetString());
        Assert.Equal(SmtpServer.User, mail.GetProperty("from").GetString());
        Assert.Equal(["admin@example.org"], mail.GetProperty("to").EnumerateArray().Select(to => to.GetString()));
        Assert.EndsWith("MESSAGE: Grüße X-Evil: 1", SmtpServer.Header(mail, "Subject"), StringComparison.Ordinal);
        Assert.Null(SmtpServer.Header(mail, "X-Evil"));
        Assert.Null(SmtpServer.Header(mail, "Bcc"));
        Assert.Equal(SmtpServer.User, SmtpServer.Header(mail, "From"));
        Assert.NotNull(SmtpServer.Header(mail, "Date"));
        Assert.Contains("The film \"a", mail.GetProperty("parts").GetProperty("text/plain").GetString(), StringComparison.Ordinal);
        Assert.Contains("<h1", mail.GetProperty("parts").GetProperty("text/html").GetString(), StringComparison.Ordinal);
        HoldsNoPassword(result);
    }

    [Theory]
    [InlineData("smtp")]
    [InlineData("msmtp")]
    public async Task Should_say_that_the_password_is_wrong(string way)
    {
        Configure(way, password: "wrong horse");

        await FailsAsync("MailRefused", "user or the password");
    }

    [Theory]
    [InlineData("smtp")]
    [InlineData("msmtp")]
    public async Task Should_say_that_the_certificate_is_not_trusted(string way)
    {
        Configure(way, trusted: false);

        await FailsAsync("MailUntrusted", "trust", trusted: false);
    }

    [Theory]
    [InlineData("smtp")]
    [InlineData("msmtp")]
    public async Task Should_name_the_recipient_that_is_refused(string way)
    {
        Configure(way, to: SmtpServer.Unknown);

        await FailsAsync("MailRecipientRefused", SmtpServer.Unknown);
    }

    [Theory]
    [InlineData("smtp")]
    [InlineData("msmtp")]
    public async Task Should_say_that_the_server_is_down(string way)
    {
        Configure(way, port: Server.FreePort());

        await FailsAsync("MailUnreachable", "could not be reached");
    }

    [Fact]
    public async Task Should_say_that_msmtp_has_no_account()
    {
        Configure("msmtp");
        File.Delete(_folder.At(".msmtprc"));

        await FailsAsync("MailProgramNotSet", "lacks an account");
    }

    private async Task FailsAsync(string errorId, string says, bool trusted = true)
    {
        CommandResult result = await RunAsync(trusted, "alert", "test", "--json");

        Assert.True(result.ExitCode == 1, result.ToString());
        JsonElement delivery = result.Json.GetProperty("deliveries")[0];
        Assert.Equal((errorId, "Failed"), (delivery.GetProperty("errorId").GetString(), delivery.GetProperty("status").GetString()));
        Assert.Contains(says, delivery.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(delivery.GetProperty("advice").GetString()!);
        Assert.Empty(_server.Mail);
        HoldsNoPassword(result);
    }

    private void Configure(string way, string password = SmtpServer.Password, string to = "admin@example.org", int? port = null, bool trusted = true)
    {
        string secret = Private("secret", password + "\n");
        var mail = new Dictionary<string, object> { ["to"] = new[] { to } };
        if (way == "smtp")
        {
            (mail["server"], mail["port"], mail["user"], mail["passwordFile"]) = ("localhost", port ?? _server.Port, SmtpServer.User, secret);
        }
        else
        {
            // Its certificate authorities are in its own settings.
            Private(".msmtprc", $"""
                defaults
                tls on
                {(trusted ? $"tls_trust_file {_certificate.Path}" : "tls_trust_file system")}
                account default
                host localhost
                port {port ?? _server.Port}
                from {SmtpServer.User}
                auth on
                user {SmtpServer.User}
                passwordeval cat "{secret}"

                """);
            mail["program"] = "/usr/bin/msmtp";
        }

        _folder.File("replexon.json", JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["stateDirectory"] = _folder.At("state"), ["mail"] = mail,
        }));
    }

    private Task<CommandResult> RunAsync(bool trusted, params string[] arguments)
    {
        var environment = new List<(string, string)>
        {
            ("REPLEXON_CONFIG", _folder.At("replexon.json")), ("HOME", _folder.Path), ("XDG_CONFIG_HOME", _folder.At("none")),
        };
        if (trusted) environment.Add(("SSL_CERT_FILE", _certificate.Path));
        return RunningCommand.Start(environment, arguments).EndAsync();
    }

    private string Private(string name, string content)
    {
        string path = _folder.File(name, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static void HoldsNoPassword(CommandResult result)
    {
        Assert.DoesNotContain(SmtpServer.Password, result.Output + result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong horse", result.Output + result.Errors, StringComparison.Ordinal);
    }
}
