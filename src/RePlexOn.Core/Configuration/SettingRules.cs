using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RePlexOn.Alerts;

namespace RePlexOn.Configuration;

/// <summary>How the value of a setting is read from JSON, checked, and written as JSON.</summary>
internal static class SettingRules
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads and checks a value. Messages go on after the key and never repeat a text, which may be a pasted secret.</summary>
    /// <returns>The value, or what is wrong with it and what to do.</returns>
    public static (object? Value, string? Message, string? Advice) Read(
        Setting setting, ConfigurationNode node, UserEnvironment environment)
    {
        switch (setting.Kind, node.Type)
        {
            case (SettingKind.Flag, JsonTokenType.True or JsonTokenType.False):
                return (node.Type == JsonTokenType.True, null, null);
            case (SettingKind.WholeNumber, JsonTokenType.Number):
                return ReadNumber(setting, node.Text!);
            case (SettingKind.TextList, JsonTokenType.StartArray):
                return ReadList(node);
            case (SettingKind.Choice, JsonTokenType.String):
                return FindChoice(setting, node.Text!) is { } choice
                    ? (choice, null, null)
                    : (null, $"must be {Expected(setting)}", $"For example: {Example(setting)}");
            case (SettingKind.Text or SettingKind.Path or SettingKind.Target or SettingKind.SecretAddress, JsonTokenType.String):
                var wrong = CheckText(setting.Kind, node.Text!);
                return wrong is null
                    ? (setting.Kind == SettingKind.Text ? node.Text! : Expand(node.Text!, environment), null, null)
                    : (null, wrong.Value.Message, wrong.Value.Advice);
            default:
                return (null, $"must be {Expected(setting)}, not {Describe(node.Type)}", $"For example: {Example(setting)}");
        }
    }

    /// <summary>Turns a value given by a caller into JSON; numbers, flags and lists may come as text.</summary>
    /// <returns>The JSON; null when the value is of no use for this kind of setting.</returns>
    public static string? ToJson(Setting setting, object value)
    {
        switch (setting.Kind)
        {
            case SettingKind.Flag:
                return value is bool || bool.TryParse(value as string, out _)
                    ? Convert.ToBoolean(value, CultureInfo.InvariantCulture) ? "true" : "false"
                    : null;
            case SettingKind.WholeNumber:
                var text = Convert.ToString(value, CultureInfo.InvariantCulture);
                return value is not bool && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    ? number.ToString(CultureInfo.InvariantCulture)
                    : null;
            case SettingKind.TextList:
                var items = value is string single ? [single] : (value as IEnumerable)?.Cast<object?>().Select(item => item as string).ToList();
                return items is null || items.Exists(item => item is null || !IsWellFormed(item))
                    ? null
                    : $"[{string.Join(", ", items.Select(item => Quote(item!)))}]";
            case SettingKind.Choice:
                return Convert.ToString(value, CultureInfo.InvariantCulture) is { } word && IsWellFormed(word)
                    ? Quote(FindChoice(setting, word) ?? word)
                    : null;
            default:
                return value is string whole && IsWellFormed(whole) ? Quote(whole) : null;
        }
    }

    /// <summary>The limits of a number: <c>0 to 100 percent</c>.</summary>
    public static string Range(Setting setting) => string.Create(
        CultureInfo.InvariantCulture, $"{setting.Minimum} to {setting.Maximum}{(setting.Unit is null ? "" : " ")}{setting.Unit}");

    /// <summary>What the setting takes, in words: <c>a whole number from 0 to 100 percent</c>.</summary>
    public static string Expected(Setting setting) => setting.Kind switch
    {
        SettingKind.Flag => "true or false",
        SettingKind.WholeNumber => $"a whole number from {Range(setting)}",
        SettingKind.TextList => "a list of texts between [ and ]",
        SettingKind.Choice => $"one of {string.Join(", ", setting.Choices.Select(Quote))}",
        SettingKind.Path => "an absolute path in double quotes",
        SettingKind.SecretAddress => "an address, or the absolute path of a private file with one, in double quotes",
        _ => "a text in double quotes",
    };

    /// <summary>A line that could stand in the file.</summary>
    public static string Example(Setting setting) =>
        $"\"{setting.Key[(setting.Key.LastIndexOf('.') + 1)..]}\": {ToJson(setting, setting.Example ?? setting.Minimum ?? AnyChoice(setting))}";

    private static object AnyChoice(Setting setting) => setting.Choices.Count > 0 ? setting.Choices[^1] : true;

    private static (object?, string?, string?) ReadNumber(Setting setting, string text)
    {
        if (!text.AsSpan().TrimStart('-').ContainsAnyExceptInRange('0', '9'))
        {
            return int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= setting.Minimum && number <= setting.Maximum
                ? (number, null, null)
                : (null, $"is {text}, but must be {Expected(setting)}", "Choose a number within these limits, or remove the line for the default.");
        }

        return (null, $"must be {Expected(setting)}, not {text}", "Write it without a point and without an exponent.");
    }

    private static string? FindChoice(Setting setting, string word) =>
        setting.Choices.FirstOrDefault(choice => choice.Equals(word, StringComparison.OrdinalIgnoreCase));

    private static (object?, string?, string?) ReadList(ConfigurationNode node)
    {
        foreach (var item in node.Items)
        {
            if (item.Type != JsonTokenType.String)
                return (null, $"must hold texts in double quotes, not {Describe(item.Type)}", "Put each entry in double quotes.");
            if (item.Text!.Length == 0 || item.Text.Contains('\0'))
                return (null, "holds an empty entry or a NUL character", "Remove that entry.");
        }

        return (node.Items.ConvertAll(item => item.Text!).AsReadOnly(), null, null);
    }

    private static (string Message, string Advice)? CheckText(SettingKind kind, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return ("is empty", "Give a value, or remove the line for the default.");
        if (text.Contains('\0') || (kind is SettingKind.Target or SettingKind.SecretAddress && text.Any(char.IsControl)))
            return ("holds a control character", "Type the value anew; copying it may have brought the character along.");
        if (kind == SettingKind.Target)
            return TargetText.Check(text);
        if (kind == SettingKind.SecretAddress && !IsPath(text))
        {
            return SecretAddress.IsAddress(text)
                ? null
                : ("is neither a web address nor an absolute path", "Give an address that begins with https://, or the path of a private file (chmod 600) that holds it.");
        }

        if (kind == SettingKind.Path && !IsPath(text))
            return ("is not an absolute path", "Start it with / or with ~/ (the home directory).");
        return null;
    }

    private static bool IsPath(string text) => text.StartsWith('/') || text == "~" || text.StartsWith("~/", StringComparison.Ordinal);

    // A target on another machine keeps every character; only what is a path here is resolved.
    private static string Expand(string text, UserEnvironment environment) =>
        text.StartsWith('/') || text.StartsWith('~') ? environment.Expand(text) : text;

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object { }",
        JsonTokenType.StartArray => "a list [ ]",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        _ => "true or false",
    };

    private static string Quote(string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            writer.WriteStringValue(text);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // Half of a surrogate pair has no UTF-8 form and would be replaced silently.
    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != OperationStatus.Done)
                return false;
            rest = rest[used..];
        }

        return true;
    }
}
