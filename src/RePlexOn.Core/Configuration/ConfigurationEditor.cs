using System.Text;
using System.Text.Json;

namespace RePlexOn.Configuration;

/// <summary>Changes one value in the text of a configuration file and leaves every other byte as it was.</summary>
internal static class ConfigurationEditor
{
    /// <summary>The text with the key set to the given JSON; key and section are added where they are missing.</summary>
    public static byte[] Set(ConfigurationDocument document, string key, string json)
    {
        var names = key.Split('.');
        var section = document.Root;
        for (var depth = 0; ; depth++)
        {
            var member = section.Find(names[depth]);
            if (member is null)
                return Insert(document, section, names[depth..], json);
            if (depth == names.Length - 1)
                return Splice(document.Text, member.Value.Start, member.Value.End, json);
            if (member.Value.Type == JsonTokenType.Null)
                return Splice(document.Text, member.Value.Start, member.Value.End, InOneLine(names[(depth + 1)..], json));
            if (member.Value.Type != JsonTokenType.StartObject)
                return document.Text; // not a section: what the user wrote there is not ours to throw away
            section = member.Value;
        }
    }

    /// <summary>The text without the key. Comments stay; so does a comma before a key that was the last.</summary>
    public static byte[] Remove(ConfigurationDocument document, string key)
    {
        var section = document.Root;
        ConfigurationMember? member = null;
        foreach (var name in key.Split('.'))
        {
            section = member?.Value ?? section;
            member = section.Find(name);
            if (member is null)
                return document.Text;
        }

        var text = document.Text;
        var (start, end) = (member!.Start, member.Value.End);
        if (FindComma(text, end) is { } comma)
        {
            if (text.AsSpan(end..comma).Contains((byte)'/'))
                text = Splice(text, comma, comma + 1, "");
            else
                end = comma + 1;
        }

        var lineStart = StartOfLine(text, start);
        var lineEnd = end + text.AsSpan(end).IndexOf((byte)'\n') + 1;
        if (lineEnd > end && IsBlank(text, lineStart, start) && IsBlank(text, end, lineEnd))
            return Splice(text, lineStart, lineEnd, "");
        return Splice(text, start, text[start - 1] == ' ' && text[end] == ' ' ? end + 1 : end, "");
    }

    private static byte[] Insert(ConfigurationDocument document, ConfigurationNode section, string[] names, string json)
    {
        var text = document.Text;
        var brace = section.End - 1;
        var braceLine = StartOfLine(text, brace);
        var last = section.Members.LastOrDefault();
        if (braceLine <= section.Start || !IsBlank(text, braceLine, brace))
        {
            var member = InOneLine(names, json)[1..^1].TrimEnd();
            if (last is null)
                return Splice(text, section.Start + 1, section.Start + 1, member + " ");
            return FindComma(text, last.Value.End) is { } after
                ? Splice(text, after + 1, after + 1, member)
                : Splice(text, last.Value.End, last.Value.End, "," + member);
        }

        var (place, indent) = FindPlace(text, section, names[0], braceLine, brace);
        var unit = IndentUnit(text, section, braceLine, brace);
        var newLine = braceLine >= 2 && text[braceLine - 2] == '\r' ? "\r\n" : "\n";
        var previous = section.Members.LastOrDefault(member => member.Start < place);
        var comma = previous is null ? null : FindComma(text, previous.Value.End);
        var needsCommaBefore = previous is not null && (comma is null || comma >= place);
        var commaAfter = needsCommaBefore || last is null ? "" : ",";

        var changed = Splice(text, place, place, $"{indent}{InLines(names, json, indent, unit, newLine)}{commaAfter}{newLine}");
        return needsCommaBefore ? Splice(changed, previous!.Value.End, previous.Value.End, ",") : changed;
    }

    // Below the line that shows the key as a comment, as the template has them; else before the closing brace.
    private static (int Place, string Indent) FindPlace(
        byte[] text, ConfigurationNode section, string name, int braceLine, int brace)
    {
        foreach (var (start, comment) in section.Comments)
        {
            var lineStart = StartOfLine(text, start);
            var shown = comment.TrimStart();
            if (text[start + 1] == '/' && IsBlank(text, lineStart, start) && shown.StartsWith($"\"{name}\"", StringComparison.Ordinal)
                && shown[(name.Length + 2)..].TrimStart().StartsWith(':'))
            {
                return (start + text.AsSpan(start).IndexOf((byte)'\n') + 1, Decode(text, lineStart, start));
            }
        }

        return (braceLine, Decode(text, braceLine, brace) + IndentUnit(text, section, braceLine, brace));
    }

    private static string IndentUnit(byte[] text, ConfigurationNode section, int braceLine, int brace)
    {
        var outer = Decode(text, braceLine, brace);
        foreach (var member in section.Members)
        {
            var lineStart = StartOfLine(text, member.Start);
            var inner = Decode(text, lineStart, member.Start);
            if (string.IsNullOrWhiteSpace(inner) && inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal))
                return inner[outer.Length..];
        }

        return "  ";
    }

    private static string InOneLine(string[] names, string json) =>
        names.Length == 0 ? json : $"{{ \"{names[0]}\": {InOneLine(names[1..], json)} }}";

    private static string InLines(string[] names, string json, string indent, string unit, string newLine) =>
        names.Length == 1
            ? $"\"{names[0]}\": {json}"
            : $"\"{names[0]}\": {{{newLine}{indent}{unit}{InLines(names[1..], json, indent + unit, unit, newLine)}{newLine}{indent}}}";

    /// <summary>Offset of the comma that follows, past blanks and comments; null when something else does.</summary>
    private static int? FindComma(byte[] text, int offset)
    {
        for (; ; offset++)
        {
            if (text[offset] == ',')
                return offset;
            if (text[offset] == '/')
                offset = EndOfComment(text, offset) - 1;
            else if (text[offset] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                return null;
        }
    }

    private static int EndOfComment(byte[] text, int offset) => text[offset + 1] == '*'
        ? offset + 2 + text.AsSpan(offset + 2).IndexOf("*/"u8) + 2
        : offset + text.AsSpan(offset).IndexOf((byte)'\n') + 1;

    private static bool IsBlank(byte[] text, int start, int end) => text.AsSpan(start..end).Trim(" \t\r\n"u8).IsEmpty;

    private static int StartOfLine(byte[] text, int offset) => text.AsSpan(0, offset).LastIndexOf((byte)'\n') + 1;

    private static string Decode(byte[] text, int start, int end) => Encoding.UTF8.GetString(text.AsSpan(start..end));

    private static byte[] Splice(byte[] text, int start, int end, string replacement) =>
        [.. text.AsSpan(0, start), .. Encoding.UTF8.GetBytes(replacement), .. text.AsSpan(end)];
}
