using System.Text.Json;
using System.Text.Json.Serialization;
using RePlexOn.Files;

namespace RePlexOn.Restore;

/// <summary>How far a restore has come.</summary>
internal enum RestoreStage
{
    /// <summary>The backup is being fetched; nothing was replaced.</summary>
    Fetching,

    /// <summary>Entries are being replaced.</summary>
    Replacing,

    /// <summary>All is replaced.</summary>
    Replaced,

    /// <summary>What was there before is being put back.</summary>
    Undoing,
}

/// <summary>One entry that is replaced as a whole: by two renames.</summary>
/// <param name="Name">Its path, for people.</param>
/// <param name="Path">Its path below the data directory, as bytes.</param>
/// <param name="HadOld">Whether something was there.</param>
/// <param name="HasNew">Whether the backup has it.</param>
internal sealed record SwapUnit(string Name, byte[] Path, bool HadOld, bool HasNew);

/// <summary>
/// What a restore does, written down beside what it works with, so that one that was cut short can be gone on with or
/// undone.
/// </summary>
internal sealed record RestoreJournal
{
    /// <summary>How far it is.</summary>
    public required RestoreStage Stage { get; init; }

    /// <summary>The run that began it.</summary>
    public required string RunId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Names the target; see <see cref="Targets.BackupTarget.Identity"/>.</summary>
    public required string Target { get; init; }

    /// <summary>What is restored: a snapshot's name, or <see cref="RestoreOptions.Mirror"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The parts; none for all of it.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>Who shall own it; null for who did.</summary>
    public string? Owner { get; init; }

    /// <summary>Regular files that were fetched.</summary>
    public long Files { get; init; }

    /// <summary>Bytes in them.</summary>
    public long Bytes { get; init; }

    /// <summary>What is replaced; empty while fetching.</summary>
    public IReadOnlyList<SwapUnit> Units { get; init; } = [];

    /// <summary>Folders whose entries are replaced, the inner ones first; while fetching, the destination itself.</summary>
    public IReadOnlyList<SwapFolder> Folders { get; init; } = [];

    /// <summary>Whether another journal is of the same restore, begun at another time.</summary>
    public bool IsOfSame(RestoreJournal other) =>
        (Target, Name, Owner) == (other.Target, other.Name, other.Owner) && Parts.SequenceEqual(other.Parts);

    /// <summary>Reads a journal; null where there is none.</summary>
    /// <exception cref="RePlexOnException"><c>RestoreJournalDamaged</c>.</exception>
    public static RestoreJournal? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), RestoreJournalJson.Default.RestoreJournal);
        }
        catch (JsonException damage)
        {
            throw new RePlexOnException(
                "RestoreJournalDamaged", ExitCode.Failed, $"The journal of a restore, {path}, cannot be read.",
                "Nothing is lost: what was there before lies in the folder old beside it, under its own path. Move it back by hand.", damage);
        }
    }

    /// <summary>Writes it, in place of the one there.</summary>
    public void Write(string path) =>
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, RestoreJournalJson.Default.RestoreJournal), PrivateMode.File);
}

[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RestoreJournal))]
internal sealed partial class RestoreJournalJson : JsonSerializerContext;
