using RePlexOn.Alerts;

namespace RePlexOn.Configuration;

/// <summary>How alerts are mailed. Without a server they go through a program such as msmtp, which has its own settings.</summary>
public sealed record MailSettings
{
    /// <summary>Who gets the mail; nobody where it is empty.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Whom it is from; null to leave that to the program, or to take the server's user.</summary>
    public string? From { get; init; }

    /// <summary>A program that takes mail as sendmail does; null for the one found by itself.</summary>
    public string? Program { get; init; }

    /// <summary>The SMTP server; null to use a program.</summary>
    public string? Server { get; init; }

    /// <summary>The server's port.</summary>
    public int Port { get; init; } = 587;

    /// <summary>How the way to the server is protected.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>The user to log in as; null to log in not at all.</summary>
    public string? User { get; init; }

    /// <summary>File with the user's password, alone in its first line.</summary>
    public string? PasswordFile { get; init; }
}
