using System.Globalization;
using System.Text;

namespace RePlexOn.Alerts;

/// <summary>A mail as RFC 5322 and 2045 have it, of plain letters only: a plain part and an HTML part, and a header no text can break out of.</summary>
internal static class MimeMail
{
    // An encoded word has at most 75 letters (RFC 2047); 45 bytes make 60 of them.
    private const int BytesOfWord = 45;

    /// <summary>Writes a mail, with line ends as programs on this system have them.</summary>
    public static string Of(Alert alert, MailAddresses addresses)
    {
        string boundary = $"=_replexon_{Guid.NewGuid():N}";
        var mail = new StringBuilder();
        if (addresses.From is { } from) mail.Append("From: ").Append(from).Append('\n');
        mail.Append("To: ").AppendJoin(",\n ", addresses.To).Append('\n')
            .Append("Subject: ").Append(Header(AlertText.Subject(alert))).Append('\n')
            .Append(CultureInfo.InvariantCulture, $"Date: {alert.At:ddd, dd MMM yyyy HH:mm:ss} {Offset(alert.At)}\n")
            .Append("Auto-Submitted: auto-generated\nMIME-Version: 1.0\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/alternative; boundary=\"{boundary}\"\n\n");
        AppendPart(mail, boundary, "text/plain", AlertText.Plain(alert));
        AppendPart(mail, boundary, "text/html", AlertHtml.Of(alert));
        return mail.Append("--").Append(boundary).Append("--\n").ToString();
    }

    private static void AppendPart(StringBuilder mail, string boundary, string type, string content)
    {
        string base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(content), Base64FormattingOptions.InsertLineBreaks);
        mail.Append("--").Append(boundary).Append("\nContent-Type: ").Append(type)
            .Append("; charset=utf-8\nContent-Transfer-Encoding: base64\n\n")
            .Append(base64.ReplaceLineEndings("\n")).Append('\n');
    }

    private static string Header(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal)) return text;

        var words = new List<string>();
        var word = new StringBuilder();
        int bytes = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > BytesOfWord) End();
            word.Append(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }

        End();
        return string.Join("\n ", words);

        void End()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(word.ToString()))}?=");
            word.Clear();
            bytes = 0;
        }
    }

    private static string Offset(DateTimeOffset moment) => moment.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}
