using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using RePlexOn.Configuration;
using RePlexOn.Targets;

namespace RePlexOn.Alerts;

/// <summary>Mails alerts through an SMTP server, with STARTTLS and a login.</summary>
internal sealed class SmtpMail : IAlertChannel
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly MailSettings _settings;
    private readonly MailAddresses _addresses;
    private readonly string _server;
    private readonly string? _password;

    private SmtpMail(MailSettings settings, MailAddresses addresses, string? password)
    {
        _settings = settings;
        _addresses = addresses;
        _server = settings.Server!;
        _password = password;
    }

    /// <inheritdoc />
    public string Name => ProgramMail.ChannelName;

    /// <summary>The channel of a configuration that names a server.</summary>
    /// <exception cref="RePlexOnException"><c>MailPasswordFileMissing</c> and the like, <c>MailNotEncrypted</c>.</exception>
    public static SmtpMail Open(MailSettings settings, MailAddresses addresses)
    {
        string? password = null;
        if (settings.PasswordFile is { } file)
        {
            PrivateFile.Check(file, "MailPasswordFile", "mail password file");
            password = File.ReadLines(file).First();
        }

        if (settings.User is not null && password is null)
        {
            throw new RePlexOnException("MailPasswordNotSet", ExitCode.Usage, "`mail.user` is set, and `mail.passwordFile` is not.",
                "Write the password alone into a file that only you can read (chmod 600), and name that file in `mail.passwordFile`.");
        }

        if (settings is { Security: MailSecurity.None, User: not null } && !IsThisMachine(settings.Server!))
        {
            throw new RePlexOnException("MailNotEncrypted", ExitCode.Usage,
                $"With `mail.security` None the password would go to {settings.Server} in clear.", "Set `mail.security` to StartTls.");
        }

        string user = settings.User ?? "";
        string from = addresses.From ?? (user.Contains('@', StringComparison.Ordinal) ? user : $"replexon@{Environment.MachineName}");
        return new SmtpMail(settings, addresses with { From = from }, password);
    }

    /// <inheritdoc />
    public async Task<string> SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        using var client = new SmtpClient(_server, _settings.Port)
        {
            EnableSsl = _settings.Security == MailSecurity.StartTls,
            Credentials = _settings.User is { } user ? new NetworkCredential(user, _password) : null,
        };
        using MailMessage mail = Write(alert);
        try
        {
            await client.SendMailAsync(mail, limit.Token);
            return $"{string.Join(", ", _addresses.To)} by {_server}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RePlexOnException("MailSilent", ExitCode.TargetUnreachable, $"The mail server {_server} did not answer within {Timeout.TotalSeconds:0} seconds.",
                "See whether it is up. If its port is 465, which speaks TLS from the first byte, use 587, or msmtp.");
        }
        catch (SmtpException e)
        {
            throw Explain(e);
        }
    }

    private MailMessage Write(Alert alert)
    {
        var mail = new MailMessage
        {
            From = new MailAddress(_addresses.From!),
            Subject = AlertText.Subject(alert), SubjectEncoding = Encoding.UTF8,
            Body = AlertText.Plain(alert), BodyEncoding = Encoding.UTF8,
        };
        foreach (string to in _addresses.To) mail.To.Add(to);
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(AlertHtml.Of(alert), Encoding.UTF8, MediaTypeNames.Text.Html));
        return mail;
    }

    private RePlexOnException Explain(SmtpException e)
    {
        string server = $"The mail server {_server}:{_settings.Port}";
        string said = $"It said: {AlertText.Line(e.Message)}";
        int code = (int)e.StatusCode;
        return e switch
        {
            { InnerException: AuthenticationException untrusted } => new("MailUntrusted", ExitCode.Refused,
                $"{server} shows a certificate that this machine does not trust: {AlertText.Line(untrusted.Message)}",
                "See that `mail.server` is the name that the certificate is for. If it is your own server, add its certificate authority to this machine: "
                + "a .crt file in /usr/local/share/ca-certificates, then update-ca-certificates.", e),
            { InnerException: SocketException or IOException } => new("MailUnreachable", ExitCode.TargetUnreachable,
                $"{server} could not be reached: {AlertText.Line(e.InnerException!.Message)}",
                "See whether it is up, and whether `mail.server` and `mail.port` are right; some networks block port 25.", e),
            SmtpFailedRecipientException refused => new("MailRecipientRefused", code is >= 400 and < 500 ? ExitCode.TargetUnreachable : ExitCode.Failed,
                $"{server} does not take mail for {AlertText.Line(refused.FailedRecipient ?? "the recipient")}. {said}", "Correct `mail.to`.", e),
            // .NET goes on after a login in vain; then the server says that it wants one.
            _ when code is 530 or 535 or 538 || e.StatusCode == SmtpStatusCode.ClientNotPermitted => new("MailRefused", ExitCode.Refused,
                _settings.User is null ? $"{server} wants a user and a password. {said}" : $"{server} does not take the user or the password. {said}",
                _settings.User is null ? "Set `mail.user` and `mail.passwordFile`." : "Correct `mail.user` and what is in `mail.passwordFile`; many providers want a password made for programs.", e),
            { StatusCode: SmtpStatusCode.GeneralFailure, InnerException: null } when _settings.Security == MailSecurity.StartTls => new("MailNotEncrypted", ExitCode.Refused,
                $"{server} offers no encryption. {said}", "Use another port, mostly 587; for a server on this machine set `mail.security` to None.", e),
            _ when code is >= 400 and < 500 => new("MailTrouble", ExitCode.TargetUnreachable, $"{server} takes no mail now. {said}",
                "It is tried again with the next run or check.", e),
            _ => new("MailNotTaken", ExitCode.Failed, $"{server} did not take the mail. {said}",
                "See that `mail.from` is an address that it lets you send from.", e),
        };
    }

    private static bool IsThisMachine(string host) =>
        host == "localhost" || IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address);
}
