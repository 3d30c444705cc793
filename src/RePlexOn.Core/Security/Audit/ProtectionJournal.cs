using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using RePlexOn.Files;

namespace RePlexOn.Security.Audit;

/// <summary>Keeps what was changed, so that it can be taken back: a file for each time, in the state directory.</summary>
/// <param name="stateDirectory">The state directory.</param>
internal sealed class ProtectionJournal(string stateDirectory)
{
    private const string Ending = ".json";

    private readonly string _folder = Path.Combine(stateDirectory, "protection");

    /// <summary>Notes what is about to be changed.</summary>
    /// <returns>The file.</returns>
    public string Begin(ProtectionEntry entry)
    {
        string name = entry.At.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fffffff'Z'", CultureInfo.InvariantCulture);
        string path = Path.Combine(_folder, name + Ending);
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(entry, ProtectionJson.Default.ProtectionEntry), PrivateMode.File);
        return path;
    }

    /// <summary>The newest of a data directory that was not taken back; null for none.</summary>
    /// <exception cref="RePlexOnException"><c>ProtectionJournalDamaged</c>.</exception>
    public (string Path, ProtectionEntry Entry)? Newest(string? source)
    {
        if (!Directory.Exists(_folder)) return null;
        foreach (string path in Directory.EnumerateFiles(_folder, "*" + Ending).OrderDescending(StringComparer.Ordinal))
        {
            if (Read(path) is var entry && entry.Source == source) return (path, entry);
        }

        return null;
    }

    /// <summary>Forgets one that was taken back, or never made.</summary>
    public static void Remove(string path) => File.Delete(path);

    private static ProtectionEntry Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ProtectionJson.Default.ProtectionEntry) ?? throw new JsonException();
        }
        catch (JsonException trouble)
        {
            throw new RePlexOnException(
                "ProtectionJournalDamaged", ExitCode.Failed, $"{path} is damaged: what was changed then cannot be told.",
                "Move the file away; take back by hand what is to be taken back.", trouble);
        }
    }
}

/// <summary>What was changed at one time.</summary>
/// <param name="At">When.</param>
/// <param name="Source">The data directory; null for none.</param>
/// <param name="CopyPath">The copy of Preferences.xml as it was; null where that was not changed.</param>
/// <param name="Changes">The changes.</param>
internal sealed record ProtectionEntry(DateTimeOffset At, string? Source, string? CopyPath, IReadOnlyList<ProtectionChange> Changes);

/// <summary>How entries are written as JSON.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ProtectionEntry))]
internal sealed partial class ProtectionJson : JsonSerializerContext;
