using System.Text.Json;
using System.Text.Json.Serialization;
using RePlexOn.Plex.Databases;
using RePlexOn.Targets;

namespace RePlexOn.Backup;

/// <summary>
/// What <c>.replexon/manifest.json</c> on the target says of the tree it lies in. It is written last, so a tree
/// whose manifest is complete is whole; a mirror being changed carries one that says it is not.
/// </summary>
public sealed record BackupManifest
{
    /// <summary>The format this version writes, and the newest it reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The manifest's folder below the root of a mirror, snapshot or configuration backup.</summary>
    public const string Folder = ".replexon";

    /// <summary>The manifest's path below that root.</summary>
    public const string RelativePath = Folder + "/manifest.json";

    /// <summary>The path below that root of the list of its files; before the manifest in rsync's order, so it arrives first.</summary>
    public const string FileListRelativePath = Folder + "/files.gz";

    /// <summary>The most bytes to read of a manifest: it names a few databases, and this is a hundred times what it needs.</summary>
    public const int LargestBytes = 1 << 20;

    /// <summary>Format of this manifest.</summary>
    public int FormatVersion { get; init; } = CurrentFormat;

    /// <summary>Whether the tree is whole. False from the first change of a run until its last.</summary>
    public required bool Complete { get; init; }

    /// <summary>
    /// The snapshot whose tree this is; null for the mirror. A snapshot is whole only where its manifest names it: a copy
    /// that was cut short may hold the mirror's.
    /// </summary>
    public string? Snapshot { get; init; }

    /// <summary>The run that made the tree what it is.</summary>
    public required string RunId { get; init; }

    /// <summary>
    /// In an incomplete manifest, the last run that left the tree whole: all that differs from its state was changed
    /// in the source since. Null where no such run is known.
    /// </summary>
    public string? BasedOnRunId { get; init; }

    /// <summary>Version of RePlexOn that wrote it.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Name of the machine backed up.</summary>
    public required string Host { get; init; }

    /// <summary>The Plex data directory on that machine.</summary>
    public required string Source { get; init; }

    /// <summary>Plex's processed machine identifier, which names the server.</summary>
    public string? MachineIdentifier { get; init; }

    /// <summary>Plex Media Server's version, where it could be found out.</summary>
    public string? PlexVersion { get; init; }

    /// <summary>When the run started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the tree was whole; null in an incomplete manifest.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Regular files in the tree, databases among them, the manifest not.</summary>
    public long Files { get; init; }

    /// <summary>Bytes in those files.</summary>
    public long Bytes { get; init; }

    /// <summary>The databases, each with its hash and the moment it stands for.</summary>
    public IReadOnlyList<CapturedDatabase> Databases { get; init; } = [];

    /// <summary>
    /// SHA-256 of the list of the tree's files beside the manifest, in lower-case hexadecimal digits; null where there is
    /// none. An incomplete manifest names the list of the tree as it was before.
    /// </summary>
    public string? FileListSha256 { get; init; }

    /// <summary>The manifest as it is stored: UTF-8 JSON, indented, for people too.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.BackupManifest);

    /// <summary>Fetches the manifest of a tree, as it is stored.</summary>
    /// <param name="rsync">The target.</param>
    /// <param name="tree">The tree, such as <c>plex-current/</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null where there is none.</returns>
    internal static Task<byte[]?> FetchAsync(RsyncClient rsync, string tree, CancellationToken cancellationToken) =>
        rsync.ReadFileAsync(tree + RelativePath, LargestBytes, cancellationToken);

    /// <summary>Reads a stored manifest.</summary>
    /// <returns>The manifest, or null where the text is not one (damaged, or cut short).</returns>
    /// <exception cref="RePlexOnException"><c>ManifestTooNew</c>: a newer RePlexOn wrote it.</exception>
    public static BackupManifest? FromJson(ReadOnlySpan<byte> json)
    {
        BackupManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.BackupManifest);
        }
        catch (JsonException)
        {
            return null;
        }

        if (manifest?.FormatVersion > CurrentFormat)
        {
            throw new RePlexOnException(
                "ManifestTooNew", ExitCode.Failed,
                $"The backup on the target was written by RePlexOn {manifest.ToolVersion}, in a format "
                + $"({manifest.FormatVersion}) that this version ({RunningTool.Version}) does not know.",
                "Update RePlexOn on this machine, or back up to another folder of the target.");
        }

        return manifest;
    }
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
