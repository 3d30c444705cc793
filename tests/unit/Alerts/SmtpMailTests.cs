using RePlexOn.Alerts;
using RePlexOn.Configuration;
using RePlexOn.Tests.Fixtures;

namespace RePlexOn.Tests.Alerts;

/// <summary>Mail to a real SMTP server, as far as no certificate has to be trusted; the rest is in the integration tests.</summary>
public sealed class SmtpMailTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_arrive_with_a_plain_and_an_html_part()
    {
        await using SmtpServer server = await SmtpServer.StartAsync();
        Alert alert = AlertTextTests.Sample() with { Text = "No answer from <ä>.\nSubject: evil" };

        AlertDelivery delivery = await SendAsync(At(server.Port), alert);

        Assert.True(delivery.Status == DeliveryStatus.Delivered, delivery.ToString());
        var mail = Assert.Single(server.Mail);
        Assert.Equal("replexon@" + Environment.MachineName, mail.GetProperty("from").GetString());
        Assert.Equal(["a@example.org", "b@example.org"], mail.GetProperty("to").EnumerateArray().Select(to => to.GetString()));
        Assert.Equal("[RePlexOn] nas Mirror 2026-11-22 03:02 FAILED: No answer from <ä>. Subject: evil", SmtpServer.Header(mail, "Subject"));
        Assert.Equal("auto-generated", SmtpServer.Header(mail, "Auto-Submitted"));
        Assert.Contains("No answer from <ä>.", mail.GetProperty("parts").GetProperty("text/plain").GetString(), StringComparison.Ordinal);
        Assert.Contains("No answer from &lt;&#228;&gt;.", mail.GetProperty("parts").GetProperty("text/html").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_name_a_recipient_that_is_refused()
    {
        await using SmtpServer server = await SmtpServer.StartAsync();

        AlertDelivery delivery = await SendAsync(At(server.Port) with { To = [SmtpServer.Unknown] });

        Assert.Equal((DeliveryStatus.Failed, "MailRecipientRefused", 1), (delivery.Status, delivery.ErrorId, delivery.Attempts));
        Assert.Contains(SmtpServer.Unknown, delivery.Message, StringComparison.Ordinal);
        Assert.Empty(server.Mail);
    }

    [Fact]
    public async Task Should_say_that_a_certificate_is_not_trusted_and_send_nothing()
    {
        await using SmtpServer server = await SmtpServer.StartAsync(new TestCertificate(_folder));

        AlertDelivery delivery = await SendAsync(At(server.Port) with { Server = "localhost", Security = MailSecurity.StartTls });

        Assert.Equal((DeliveryStatus.Failed, "MailUntrusted"), (delivery.Status, delivery.ErrorId));
        Assert.Empty(server.Mail);
    }

    [Fact]
    public async Task Should_send_nothing_to_a_server_without_encryption_that_should_have_it()
    {
        await using SmtpServer server = await SmtpServer.StartAsync();

        AlertDelivery delivery = await SendAsync(At(server.Port) with { Security = MailSecurity.StartTls });

        Assert.Equal((DeliveryStatus.Failed, "MailNotEncrypted"), (delivery.Status, delivery.ErrorId));
        Assert.Empty(server.Mail);
    }

    [Fact]
    public async Task Should_say_that_the_server_is_down()
    {
        AlertDelivery delivery = await SendAsync(At(Server.FreePort()));

        Assert.Equal((DeliveryStatus.Failed, "MailUnreachable", 3), (delivery.Status, delivery.ErrorId, delivery.Attempts));
    }

    [Fact]
    public async Task Should_send_no_password_in_clear_to_another_machine()
    {
        AlertDelivery delivery = await SendAsync(At(25) with { Server = "mail.example.org", User = "me", PasswordFile = Private("secret\n") });

        Assert.Equal((DeliveryStatus.Failed, "MailNotEncrypted", 1), (delivery.Status, delivery.ErrorId, delivery.Attempts));
    }

    [Fact]
    public async Task Should_refuse_a_password_file_others_can_read()
    {
        string path = Private("secret\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b110_100_100);

        AlertDelivery delivery = await SendAsync(At(25) with { User = "me", PasswordFile = path });

        Assert.Equal("MailPasswordFileNotPrivate", delivery.ErrorId);
    }

    [Theory]
    [InlineData("-oQ/tmp")]
    [InlineData("no address")]
    [InlineData("a@example.org\nBcc: all@example.org")]
    public async Task Should_refuse_what_is_no_address(string to)
    {
        AlertDelivery delivery = await SendAsync(At(25) with { To = [to] });

        Assert.Equal((DeliveryStatus.Failed, "MailAddressInvalid"), (delivery.Status, delivery.ErrorId));
    }

    [Fact]
    public async Task Should_say_that_the_program_is_missing()
    {
        AlertDelivery delivery = await SendAsync(new MailSettings { To = ["a@example.org"], Program = "/no/such/program" });

        Assert.Equal("MailProgramMissing", delivery.ErrorId);
    }

    private static MailSettings At(int port) => new()
    {
        To = ["Jo <a@example.org>", "b@example.org"], Server = "127.0.0.1", Port = port, Security = MailSecurity.None,
    };

    private async Task<AlertDelivery> SendAsync(MailSettings settings, Alert? alert = null)
    {
        var configuration = new RePlexOnConfiguration { StateDirectory = _folder.At("state"), Mail = settings };
        AlertRecord record = await new AlertCenter(new ImpatientTime(AlertTextTests.At)).SendAsync(configuration, alert ?? AlertTextTests.Sample());
        return Assert.Single(record.Deliveries);
    }

    private string Private(string content)
    {
        string path = _folder.File("secret", content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
