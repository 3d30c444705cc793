using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace RePlexOn.Configuration;

/// <summary>The text of a configuration file, taken apart without losing where each piece stands.</summary>
internal sealed class ConfigurationDocument
{
    private static readonly JsonReaderOptions ReaderOptions = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Allow,
    };

    private ConfigurationDocument(byte[] text, ConfigurationNode root)
    {
        Text = text;
        Root = root;
    }

    public byte[] Text { get; }

    /// <summary>The outermost object.</summary>
    public ConfigurationNode Root { get; }

    /// <summary>Takes the text apart, or says what is wrong with it and where.</summary>
    public static bool TryParse(
        byte[] text, [NotNullWhen(true)] out ConfigurationDocument? document, [NotNullWhen(false)] out ConfigurationProblem? problem)
    {
        document = null;
        problem = FindForeignEncoding(text);
        if (problem is not null)
            return false;

        var byteOrderMark = text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        if (text.AsSpan(byteOrderMark).Trim(" \t\r\n"u8).IsEmpty)
        {
            problem = new ConfigurationProblem(null, null, null, "the file is empty",
                "Write the settings into it, at least {} for all defaults, or remove the file.");
            return false;
        }

        var reader = new Utf8JsonReader(text.AsSpan(byteOrderMark), ReaderOptions);
        try
        {
            ReadPastComments(ref reader);
            var root = ReadValue(ref reader, byteOrderMark);
            ReadPastComments(ref reader);
            if (root.Type == JsonTokenType.StartObject)
            {
                document = new ConfigurationDocument(text, root);
                return true;
            }

            problem = ProblemAt(text, root.Start, "the settings must stand between { and }",
                "Put { before the first setting and } after the last one.");
        }
        catch (JsonException exception)
        {
            var lineStart = StartOfLine(text, (int)(exception.LineNumber ?? 0));
            problem = ProblemAt(text, Math.Min(text.Length, lineStart + (int)(exception.BytePositionInLine ?? 0)),
                $"not valid JSON: {WithoutPosition(exception.Message)}",
                "Correct this place or the line before it: a missing comma, quote or brace shows only at what follows.");
        }
        catch (InvalidOperationException)
        {
            problem = ProblemAt(text, byteOrderMark + (int)reader.TokenStartIndex, "a \\u escape here stands for no character",
                "Write the character itself; the file is UTF-8.");
        }

        return false;
    }

    /// <summary>Line and column, from 1, of a place in the text.</summary>
    public (int Line, int Column) Locate(int offset) => Locate(Text, offset);

    private static (int Line, int Column) Locate(byte[] text, int offset)
    {
        var before = text.AsSpan(0, offset);
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    private static ConfigurationNode ReadValue(ref Utf8JsonReader reader, int shift)
    {
        var node = new ConfigurationNode(reader.TokenType, shift + (int)reader.TokenStartIndex)
        {
            Text = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number => Encoding.ASCII.GetString(reader.ValueSpan),
                _ => null,
            },
        };
        if (node.Type == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var start = shift + (int)reader.TokenStartIndex;
                if (reader.TokenType == JsonTokenType.Comment)
                {
                    node.Comments.Add((start, reader.GetComment()));
                    continue;
                }

                var name = reader.GetString()!;
                ReadPastComments(ref reader);
                node.Members.Add(new ConfigurationMember(start, name, ReadValue(ref reader, shift)));
            }
        }
        else if (node.Type == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.Comment)
                    node.Items.Add(ReadValue(ref reader, shift));
            }
        }

        node.End = shift + (int)reader.BytesConsumed;
        return node;
    }

    private static void ReadPastComments(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.Comment)
        {
        }
    }

    private static ConfigurationProblem? FindForeignEncoding(byte[] text)
    {
        const string Advice = "Save it as UTF-8 in your editor.";
        if (text.AsSpan().StartsWith(Encoding.Unicode.Preamble) || text.AsSpan().StartsWith(Encoding.BigEndianUnicode.Preamble))
            return new ConfigurationProblem(null, null, null, "the file is in UTF-16, not in UTF-8", Advice);
        if (Utf8.IsValid(text))
            return null;

        Utf8.ToUtf16(text, new char[text.Length], out var good, out _, replaceInvalidSequences: false);
        return ProblemAt(text, good, "a character here is not UTF-8", Advice);
    }

    private static ConfigurationProblem ProblemAt(byte[] text, int offset, string message, string advice)
    {
        var (line, column) = Locate(text, offset);
        return new ConfigurationProblem(null, line, column, message, advice);
    }

    private static int StartOfLine(byte[] text, int linesBefore)
    {
        var start = 0;
        for (; linesBefore > 0; linesBefore--)
            start += text.AsSpan(start).IndexOf((byte)'\n') + 1;
        return start;
    }

    // The reader's own words are clear, but they repeat the position, and quote a bare word that may be a pasted secret.
    private static string WithoutPosition(string message)
    {
        var position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var words = position < 0 ? message : message[..position];
        return words.Contains("literal", StringComparison.Ordinal)
            ? "a word without quotes; expected a text in double quotes, a number, true, false or null"
            : char.ToLowerInvariant(words[0]) + words[1..].TrimEnd('.');
    }
}
