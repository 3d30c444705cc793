namespace RePlexOn.Alerts;

/// <summary>How the way to a mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Encrypted by STARTTLS before anything else is said, with a certificate that this machine trusts.</summary>
    StartTls,

    /// <summary>Not at all: for a server on this machine.</summary>
    None,
}
