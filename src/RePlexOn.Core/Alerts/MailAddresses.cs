using System.Net.Mail;
using RePlexOn.Configuration;

namespace RePlexOn.Alerts;

/// <summary>Whom a mail is from and for, checked, without the names of persons.</summary>
/// <param name="From">Whom it is from; null to leave that to the program that sends it.</param>
/// <param name="To">Whom it is for.</param>
internal sealed record MailAddresses(string? From, IReadOnlyList<string> To)
{
    /// <summary>Reads the addresses of the configuration.</summary>
    /// <exception cref="RePlexOnException"><c>MailAddressInvalid</c>.</exception>
    public static MailAddresses Of(MailSettings settings) => new(
        settings.From is { } from ? Read("mail.from", from) : null,
        [.. settings.To.Select(to => Read("mail.to", to))]);

    private static string Read(string key, string text)
    {
        // A leading dash would be an option to the program that gets it as a word.
        if (MailAddress.TryCreate(text, out MailAddress? address) && !address.Address.StartsWith('-') && !address.Address.Any(char.IsControl))
            return address.Address;

        throw new RePlexOnException("MailAddressInvalid", ExitCode.Usage, $"`{key}` holds '{AlertText.Line(text)}', which is no mail address.",
            "Write it as name@example.org.");
    }
}
