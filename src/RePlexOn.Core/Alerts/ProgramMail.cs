using System.Text;
using RePlexOn.Processes;

namespace RePlexOn.Alerts;

/// <summary>Mails alerts through a program that takes mail as sendmail does, such as msmtp; server and password are its own matter.</summary>
/// <param name="program">Path of the program.</param>
/// <param name="addresses">From whom to whom.</param>
internal sealed class ProgramMail(string program, MailAddresses addresses) : IAlertChannel
{
    /// <summary>The channel's name, whichever way the mail goes.</summary>
    public const string ChannelName = "mail";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    // Debian's PATH of users lacks sbin.
    private static readonly string[] Known = ["msmtp", "sendmail", "/usr/sbin/sendmail", "/usr/lib/sendmail"];

    /// <inheritdoc />
    public string Name => ChannelName;

    /// <summary>The program to use.</summary>
    /// <param name="configured">The one that is set; null to look for one.</param>
    /// <exception cref="RePlexOnException"><c>MailProgramMissing</c>.</exception>
    public static string Find(string? configured)
    {
        foreach (string name in configured is null ? Known : [configured])
        {
            try
            {
                return ProgramPath.Find(name);
            }
            catch (RePlexOnException missing) when (missing.ErrorId == "ProgramMissing")
            {
                // The next one may be there.
            }
        }

        throw new RePlexOnException(
            "MailProgramMissing", ExitCode.Usage,
            configured is null ? "There is neither msmtp nor sendmail on this machine, and no `mail.server` is set." : $"The mail program {configured} is not there.",
            "Install msmtp (apt install msmtp) and give it your mail account in /etc/msmtprc, or set `mail.server`, `mail.user` and `mail.passwordFile`.");
    }

    /// <inheritdoc />
    public async Task<string> SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        byte[] mail = Encoding.ASCII.GetBytes(MimeMail.Of(alert, addresses));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            ProgramResult result = await new ProgramRunner().RunAsync(
                new ProgramCall
                {
                    Program = program,
                    Arguments = ["-i", .. addresses.From is { } from ? (string[])["-f", from] : [], "--", .. addresses.To],
                    Environment = new Dictionary<string, string> { ["LC_ALL"] = "C" },
                    WriteInput = (input, token) => input.WriteAsync(mail, token).AsTask(),
                },
                onOutputLine: null, onErrorLine: null, limit.Token);
            return result.ExitCode == 0 ? $"{string.Join(", ", addresses.To)} by {Path.GetFileName(program)}" : throw Explain(result);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RePlexOnException("MailSilent", ExitCode.TargetUnreachable,
                $"{Path.GetFileName(program)} was not done within {Timeout.TotalSeconds:0} seconds.", "See whether its mail server is up.");
        }
    }

    // The codes of sysexits.h, as msmtp uses them.
    private RePlexOnException Explain(ProgramResult result)
    {
        string name = Path.GetFileName(program);
        string said = $"{name} said: {AlertText.Line(result.ErrorText)} (exit code {result.ExitCode})";
        return result.ExitCode switch
        {
            77 => new("MailRefused", ExitCode.Refused, $"The mail server does not take the user or the password. {said}",
                $"Correct them in the settings of {name}; many providers want a password made for programs."),
            65 or 67 => new("MailRecipientRefused", ExitCode.Failed, $"The mail server does not take mail for {string.Join(", ", addresses.To)}. {said}",
                "Correct `mail.to`; some servers also want `mail.from` to be the account's own address."),
            69 when result.ErrorText.Contains("TLS", StringComparison.Ordinal) => new("MailUntrusted", ExitCode.Refused,
                $"The mail server's certificate is not trusted. {said}",
                $"Correct the server's name in the settings of {name}, or add its certificate authority to this machine (update-ca-certificates)."),
            68 or 69 or 75 => new("MailUnreachable", ExitCode.TargetUnreachable, $"The mail server could not be reached, or wants no mail now. {said}",
                $"See whether the server that {name} is set to is up, and whether this machine may reach it."),
            78 => new("MailProgramNotSet", ExitCode.Usage, $"{name} lacks an account. {said}",
                $"Write its settings, for msmtp in /etc/msmtprc (mode 600, owned by the user that runs RePlexOn)."),
            _ => new("MailProgramFailed", ExitCode.Failed, said, $"Try it by hand: echo test | {name} {addresses.To[0]}"),
        };
    }
}
