using System.Text.Json;

namespace RePlexOn.Configuration;

/// <summary>A value in the text of a configuration file, with the place where it stands (byte offsets, end exclusive).</summary>
internal sealed class ConfigurationNode(JsonTokenType type, int start)
{
    /// <summary>An object, an array, a string, a number, true, false or null.</summary>
    public JsonTokenType Type { get; } = type;

    public int Start { get; } = start;

    public int End { get; set; }

    /// <summary>A string without its quotes and escapes, or a number as written; null for other types.</summary>
    public string? Text { get; init; }

    /// <summary>What an object holds, in the order of the text, duplicates too.</summary>
    public List<ConfigurationMember> Members { get; } = [];

    /// <summary>What an array holds.</summary>
    public List<ConfigurationNode> Items { get; } = [];

    /// <summary>The comments directly in an object, without their slashes and stars.</summary>
    public List<(int Start, string Text)> Comments { get; } = [];

    public ConfigurationMember? Find(string name) => Members.Find(member => member.Name == name);
}

/// <summary>A name and its value in an object.</summary>
/// <param name="Start">Offset of the name's opening quote.</param>
/// <param name="Name">The name without quotes and escapes.</param>
/// <param name="Value">The value.</param>
internal sealed record ConfigurationMember(int Start, string Name, ConfigurationNode Value);
