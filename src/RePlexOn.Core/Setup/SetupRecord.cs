using System.Text.Json;
using System.Text.Json.Serialization;
using RePlexOn.Files;
using RePlexOn.History;

namespace RePlexOn.Setup;

/// <summary>What set-up made on this machine, so that it can be taken back: <c>setup.json</c> in the state directory.</summary>
/// <param name="Files">The files that were not there before: the configuration, the secret.</param>
/// <param name="Folders">The folders that were not there before, the outer ones first.</param>
internal sealed record SetupRecord(IReadOnlyList<string> Files, IReadOnlyList<string> Folders)
{
    private const string Name = "setup.json";

    /// <summary>A record of nothing.</summary>
    public static SetupRecord Empty { get; } = new([], []);

    /// <summary>Reads it; what is not there, or is damaged, tells of nothing.</summary>
    public static SetupRecord Read(string stateDirectory)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathIn(stateDirectory)), SetupRecordJson.Default.SetupRecord) ?? Empty;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException)
        {
            return Empty;
        }
    }

    /// <summary>Adds to what it says, and makes the state directory where it is missing.</summary>
    /// <exception cref="RePlexOnException"><c>StateNotWritable</c>.</exception>
    public static void Add(string stateDirectory, IEnumerable<string> files, IEnumerable<string> folders)
    {
        SetupRecord before = Read(stateDirectory);
        var now = new SetupRecord([.. before.Files.Union(files)], [.. before.Folders.Union(folders).Order(StringComparer.Ordinal)]);
        StateDirectory.Ensure(stateDirectory);
        if (now.Files.SequenceEqual(before.Files) && now.Folders.SequenceEqual(before.Folders)) return;
        try
        {
            AtomicFile.Write(PathIn(stateDirectory), JsonSerializer.SerializeToUtf8Bytes(now, SetupRecordJson.Default.SetupRecord), PrivateMode.File);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw StateDirectory.NotWritable(stateDirectory, trouble);
        }
    }

    /// <summary>The folders above a path that are missing, the outer ones first.</summary>
    public static IEnumerable<string> MissingAbove(string path)
    {
        var missing = new Stack<string>();
        for (string? folder = Path.GetDirectoryName(path); folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
            missing.Push(folder);
        return missing;
    }

    private static string PathIn(string stateDirectory) => Path.Combine(stateDirectory, Name);
}

[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SetupRecord))]
internal sealed partial class SetupRecordJson : JsonSerializerContext;
