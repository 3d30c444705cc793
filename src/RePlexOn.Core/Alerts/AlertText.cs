using System.Globalization;
using System.Text;

namespace RePlexOn.Alerts;

/// <summary>
/// An alert as people read it. Names of files may hold line ends, colours of a terminal, and letters that turn the
/// direction of writing: what is no plain letter becomes a space.
/// </summary>
internal static class AlertText
{
    private const int LongestSubject = 150;
    private const int LongestText = 2000;
    private const int LongestLine = 300;
    private const int MostLines = 40;

    /// <summary>
    /// One line. Sorted, mails stand by machine, by what they are about, and then by time:
    /// <c>[RePlexOn] nas Mirror 2026-11-22 03:00 FAILED: The target did not answer.</c>
    /// </summary>
    public static string Subject(Alert alert) => Cut(
        string.Create(
            CultureInfo.InvariantCulture,
            $"[RePlexOn] {Line(alert.Host)} {Line(alert.Topic)} {alert.At:yyyy-MM-dd HH:mm} {Word(alert.Kind)}: {Line(Gist(alert))}"),
        LongestSubject);

    /// <summary>The whole, as plain text of whole lines.</summary>
    public static string Plain(Alert alert)
    {
        var text = new StringBuilder();
        text.Append(Line(alert.Title)).Append(".\n\n").Append(Paragraph(alert.Text)).Append('\n');
        if (alert.Advice is { Length: > 0 } advice) text.Append("\nWhat to do: ").Append(Paragraph(advice)).Append('\n');
        if (alert.Facts.Count > 0)
        {
            int width = alert.Facts.Max(fact => fact.Name.Length);
            text.Append('\n');
            foreach (AlertFact fact in alert.Facts)
                text.Append(Line(fact.Name).PadRight(width)).Append("  ").Append(Line(fact.Value)).Append('\n');
        }

        if (alert.Lines.Count > 0)
        {
            text.Append('\n').Append(LinesTitle(alert)).Append('\n');
            foreach (string line in Lines(alert)) text.Append("  ").Append(line).Append('\n');
        }

        return text.Append('\n').Append(Footer(alert)).Append('\n').ToString();
    }

    /// <summary>What a chat or a telephone shows: what happened and what to do, then as much of the rest as fits.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="longest">The most bytes in UTF-8.</param>
    public static string Short(Alert alert, int longest)
    {
        string whole = Plain(alert);
        string text = whole[(whole.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].TrimEnd();
        if (Encoding.UTF8.GetByteCount(text) <= longest) return text;

        var cut = new StringBuilder();
        int bytes = 3; // of the sign at the end
        foreach (Rune rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > longest) break;
            cut.Append(rune.ToString());
        }

        return cut.Append('…').ToString();
    }

    /// <summary>The title of the lines.</summary>
    public static string LinesTitle(Alert alert) => Line(alert.LinesTitle ?? "The last lines") + ":";

    /// <summary>The lines, the last of them where there are many.</summary>
    public static IEnumerable<string> Lines(Alert alert) =>
        (alert.Lines.Count > MostLines ? alert.Lines.Skip(alert.Lines.Count - MostLines).Prepend($"({alert.Lines.Count - MostLines} lines before)") : alert.Lines)
        .Select(line => Cut(Clean(line).Replace('\n', ' ').TrimEnd(), LongestLine)); // what stands in columns stays so

    /// <summary>Who sends it, and where there is more.</summary>
    public static string Footer(Alert alert) =>
        $"RePlexOn {RunningTool.Version} on {Line(alert.Host)}. More: replexon status, replexon history, replexon alert list.";

    /// <summary>A text in one line.</summary>
    public static string Line(string text) => string.Join(' ', Clean(text).Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A text that may have several lines.</summary>
    public static string Paragraph(string text) => Cut(Clean(text).Trim(), LongestText);

    /// <summary>How grave it is, in a word that is found at a glance.</summary>
    public static string Word(AlertKind kind) => kind switch
    {
        AlertKind.Failure => "FAILED",
        AlertKind.Warning => "WARNING",
        AlertKind.Overdue => "OVERDUE",
        AlertKind.Recovery => "RECOVERED",
        AlertKind.Digest => "DIGEST",
        AlertKind.Security => "SECURITY",
        AlertKind.Test => "TEST",
        AlertKind.Ping => "PING",
        _ => "MESSAGE",
    };

    // The word says already that it failed; what did is in the first sentence.
    private static string Gist(Alert alert) => alert.IsTrouble ? alert.Text : alert.Title;

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isPlain = rune.Value == '\n' || Rune.GetUnicodeCategory(rune) is not
                (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse);
            clean.Append(isPlain ? rune.ToString() : " ");
        }

        return clean.ToString();
    }

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest) return text;
        int end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }
}
