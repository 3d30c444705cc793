using System.Text.Json;
using System.Text.Json.Serialization;

namespace RePlexOn.ConfigurationBackups;

/// <summary>
/// What <c>.replexon/manifest.json</c> of a day's configuration backup says. It is written last and names the folder that
/// holds the files: so a second backup on a day takes the first one's place in one step, or not at all.
/// </summary>
internal sealed record ConfigurationBackupManifest
{
    /// <summary>The format this version writes, and the newest it reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Format of this manifest.</summary>
    public int FormatVersion { get; init; } = CurrentFormat;

    /// <summary>The run that made it.</summary>
    public required string RunId { get; init; }

    /// <summary>Version of RePlexOn that wrote it.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Name of the machine whose configuration it is.</summary>
    public required string Host { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The folder beside <c>.replexon</c> that holds the files: six digits, the time of day.</summary>
    public required string Folder { get; init; }

    /// <summary>The files.</summary>
    public required IReadOnlyList<ConfigurationItem> Files { get; init; }

    /// <summary>The manifest as it is stored.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ConfigurationManifestJson.Default.ConfigurationBackupManifest);

    /// <summary>Reads a stored manifest; null where the text is none that this version can go by.</summary>
    public static ConfigurationBackupManifest? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            ConfigurationBackupManifest? manifest =
                JsonSerializer.Deserialize(json, ConfigurationManifestJson.Default.ConfigurationBackupManifest);
            return manifest is { FormatVersion: <= CurrentFormat } && IsFolder(manifest.Folder) ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a name is that of a folder with the files of a backup.</summary>
    public static bool IsFolder(string name) => name.Length == 6 && name.All(char.IsAsciiDigit);
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ConfigurationBackupManifest))]
internal sealed partial class ConfigurationManifestJson : JsonSerializerContext;
