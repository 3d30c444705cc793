using System.Net;
using System.Text;

namespace RePlexOn.Alerts;

/// <summary>An alert as the HTML part of a mail: it asks for nothing from outside, and reads well without styles.</summary>
internal static class AlertHtml
{
    private const string Font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";

    /// <summary>The whole document.</summary>
    public static string Of(Alert alert)
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
            .Append(Encode(AlertText.Subject(alert))).Append("</title></head>\n")
            .Append("<body style=\"margin:0;padding:24px;color:#1f2328;background:#ffffff;font-size:15px;line-height:1.5;").Append(Font).Append("\">\n")
            .Append("<div style=\"max-width:680px\">\n")
            .Append("<p style=\"margin:0 0 4px;font-weight:600;letter-spacing:.04em;color:").Append(Colour(alert.Kind)).Append("\">")
            .Append(AlertText.Word(alert.Kind)).Append("</p>\n")
            .Append("<h1 style=\"margin:0 0 16px;font-size:22px\">").Append(Encode(AlertText.Line(alert.Title))).Append("</h1>\n<p>")
            .Append(Paragraph(alert.Text)).Append("</p>\n");
        if (alert.Advice is { Length: > 0 } advice)
        {
            html.Append("<p style=\"margin:16px 0;padding:4px 12px;border-left:4px solid ").Append(Colour(alert.Kind))
                .Append("\"><strong>What to do:</strong> ").Append(Paragraph(advice)).Append("</p>\n");
        }

        if (alert.Facts.Count > 0)
        {
            html.Append("<table style=\"border-collapse:collapse;margin:16px 0\">\n");
            foreach (AlertFact fact in alert.Facts)
            {
                html.Append("<tr><th scope=\"row\" style=\"text-align:left;font-weight:400;color:#59636e;padding:2px 16px 2px 0;vertical-align:top\">")
                    .Append(Encode(AlertText.Line(fact.Name))).Append("</th><td style=\"padding:2px 0\">")
                    .Append(Encode(AlertText.Line(fact.Value))).Append("</td></tr>\n");
            }

            html.Append("</table>\n");
        }

        if (alert.Lines.Count > 0)
        {
            html.Append("<p style=\"margin:16px 0 4px\">").Append(Encode(AlertText.LinesTitle(alert)))
                .Append("</p>\n<pre style=\"background:#f6f8fa;padding:12px;font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere\">")
                .Append(Encode(string.Join('\n', AlertText.Lines(alert)))).Append("</pre>\n");
        }

        return html.Append("<p style=\"color:#59636e;font-size:13px;margin-top:24px\">").Append(Encode(AlertText.Footer(alert)))
            .Append("</p>\n</div></body></html>\n").ToString();
    }

    private static string Colour(AlertKind kind) => kind switch
    {
        AlertKind.Failure or AlertKind.Overdue or AlertKind.Security => "#b3261e",
        AlertKind.Warning => "#8a5a00",
        AlertKind.Recovery => "#1a7f37",
        _ => "#0b57d0",
    };

    private static string Paragraph(string text) => Encode(AlertText.Paragraph(text)).Replace("\n", "<br>\n", StringComparison.Ordinal);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
