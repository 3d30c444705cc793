using System.Globalization;
using System.Text;

namespace RePlexOn.Security.Audit;

/// <summary>
/// Changes attributes in the text of a Preferences.xml, and not a byte besides: order, spaces, line breaks and comments of
/// a hand-made file stay as they are.
/// </summary>
internal static class PreferencesEditor
{
    private const string Element = "<Preferences";

    /// <summary>Sets and removes attributes.</summary>
    /// <param name="text">The file: UTF-8, or any other encoding that has ASCII in it.</param>
    /// <param name="values">The new value of each attribute; null takes it out.</param>
    /// <returns>The new text.</returns>
    /// <exception cref="FormatException">It is not what Plex writes.</exception>
    public static byte[] Edit(byte[] text, IEnumerable<KeyValuePair<string, string?>> values)
    {
        // Latin-1 makes a character of each byte, and back: whatever the encoding, what is not touched stays.
        string document = Encoding.Latin1.GetString(text);
        foreach ((string key, string? value) in values) document = Set(document, key, value);
        return Encoding.Latin1.GetBytes(document);
    }

    private static string Set(string document, string key, string? value)
    {
        int position = StartOf(document) + Element.Length, end = position;
        while (true)
        {
            int gap = position;
            position = SkipSpace(document, position);
            if (position >= document.Length) throw new FormatException("It ends within its element.");
            if (document[position] is '/' or '>') break;

            int name = position;
            position = document.IndexOf('=', position);
            if (position < 0) throw new FormatException("An attribute has no value.");
            string found = document[name..position].TrimEnd();
            position = SkipSpace(document, position + 1);
            if (position >= document.Length || document[position] is not ('"' or '\'')) throw new FormatException("A value has no quotes.");
            char quote = document[position];
            int close = document.IndexOf(quote, position + 1);
            if (close < 0) throw new FormatException("A value has no end.");
            if (found == key)
            {
                return value is null
                    ? document[..gap] + document[(close + 1)..]
                    : document[..(position + 1)] + Escape(value, quote) + document[close..];
            }

            end = position = close + 1;
        }

        return value is null ? document : $"{document[..end]} {key}=\"{Escape(value, '"')}\"{document[end..]}";
    }

    private static int StartOf(string document)
    {
        int position = 0;
        while ((position = document.IndexOf('<', position)) >= 0)
        {
            string end;
            if (At("<!--")) end = "-->";
            else if (At("<?")) end = "?>";
            else if (At(Element)) return position;
            else break;

            position = document.IndexOf(end, position, StringComparison.Ordinal);
            if (position < 0) break;
        }

        throw new FormatException("It has no element <Preferences>.");

        bool At(string start) => string.CompareOrdinal(document, position, start, 0, start.Length) == 0;
    }

    private static int SkipSpace(string document, int position)
    {
        while (position < document.Length && document[position] is ' ' or '\t' or '\r' or '\n') position++;
        return position;
    }

    private static string Escape(string value, char quote)
    {
        var text = new StringBuilder(value.Length);
        foreach (Rune rune in value.EnumerateRunes())
        {
            if (rune.IsAscii && rune.Value >= ' ' && rune.Value is not ('&' or '<' or '>') && rune.Value != quote) text.Append((char)rune.Value);
            else text.Append(CultureInfo.InvariantCulture, $"&#{rune.Value};");
        }

        return text.ToString();
    }
}
