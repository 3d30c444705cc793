using System.Text.Json;
using System.Text.Json.Serialization;
using RePlexOn.Files;

namespace RePlexOn.Backup;

/// <summary>
/// What is remembered here of the databases of the last good run to a target, beside the index of its files: how each
/// looked on disk just before its capture, so that an unchanged one need not be copied again.
/// </summary>
/// <param name="RunId">The run.</param>
/// <param name="Stamps">By path below the data directory.</param>
internal sealed record MirrorRecord(string RunId, IReadOnlyDictionary<string, string> Stamps)
{
    /// <summary>Reads the record beside an index; null where there is none that can be read.</summary>
    public static MirrorRecord? Read(string indexPath)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathFor(indexPath)), MirrorRecordJson.Default.MirrorRecord);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // It only saves work: without it, the databases are captured again.
            return null;
        }
    }

    /// <summary>Writes the record beside an index.</summary>
    public void Write(string indexPath) => AtomicFile.Write(
        PathFor(indexPath), JsonSerializer.SerializeToUtf8Bytes(this, MirrorRecordJson.Default.MirrorRecord), PrivateMode.File);

    private static string PathFor(string indexPath) => Path.ChangeExtension(indexPath, ".databases.json");
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MirrorRecord))]
internal sealed partial class MirrorRecordJson : JsonSerializerContext;
