using RePlexOn.Files;
using RePlexOn.Plex;

namespace RePlexOn.Security.Audit;

/// <summary>Changes the settings of a stopped server in its Preferences.xml: whole or not at all, owner and mode as they were.</summary>
/// <param name="folder">The data directory.</param>
/// <param name="copy">Where a copy of the file as it was is kept; null for none.</param>
internal sealed class FileDoor(string folder, string? copy) : ISettingsDoor
{
    // A link stays a link: some keep the file on another disk.
    private readonly string _file = RealPath.OfNearest(Path.Combine(folder, PlexDataDirectory.PreferencesFile));

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(PlexPreferences.Parse(_file).Values);

    /// <inheritdoc />
    public async Task WriteAsync(IReadOnlyDictionary<string, string?> values, CancellationToken cancellationToken)
    {
        byte[] before = await File.ReadAllBytesAsync(_file, cancellationToken);
        byte[] after = Edit(before, values);
        FileStatus status = FileStatus.Read(_file) ?? throw new FileNotFoundException(null, _file);
        if (copy is not null)
        {
            AtomicFile.Write(copy, before, PrivateMode.File, status.Owner);
            status.Owner.ApplyTo(Path.GetDirectoryName(copy)!);
        }

        EnsureStopped(folder, null);
        AtomicFile.Write(_file, after, status.Mode, status.Owner);
    }

    /// <summary>Makes sure that nobody works with the data directory: a running server writes its settings over ours.</summary>
    /// <param name="folder">The data directory.</param>
    /// <param name="whyNotByServer">Why the running server cannot be asked to change them; null for no reason.</param>
    /// <exception cref="RePlexOnException"><c>PlexIsRunning</c>.</exception>
    public static void EnsureStopped(string folder, string? whyNotByServer)
    {
        if (DirectoryUse.Find(folder) is not { Count: > 0 } users) return;

        throw new RePlexOnException(
            "PlexIsRunning", ExitCode.Failed,
            $"{folder} is in use by {string.Join(", ", users)}, and the server cannot be asked to change its settings. {whyNotByServer}".TrimEnd()
                + " Nothing was changed.",
            "Run this as root on the server itself while Plex runs, or stop Plex first.");
    }

    private byte[] Edit(byte[] before, IReadOnlyDictionary<string, string?> values)
    {
        try
        {
            byte[] after = PreferencesEditor.Edit(before, values);
            PlexPreferences old = PlexPreferences.Parse(new MemoryStream(before)), now = PlexPreferences.Parse(new MemoryStream(after));
            bool isRight = now.IsClaimed == old.IsClaimed
                && values.All(one => now.Values.GetValueOrDefault(one.Key) == one.Value)
                && old.Values.Concat(now.Values).All(one => values.ContainsKey(one.Key) || (old.Values.GetValueOrDefault(one.Key) == now.Values.GetValueOrDefault(one.Key)));
            return isRight ? after : throw Odd(null);
        }
        catch (FormatException trouble)
        {
            throw Odd(trouble);
        }
    }

    private RePlexOnException Odd(Exception? cause) => new(
        "PreferencesUnclear", ExitCode.Failed, $"{_file} is not written as Plex writes it, and was not changed.",
        "Set the values by hand in Plex's settings, or in the file while Plex is stopped.", cause);
}
