using RePlexOn.Plex;

namespace RePlexOn.Security.Audit;

/// <summary>Changes the settings of a running server by its API.</summary>
/// <param name="client">The server.</param>
/// <param name="token">Its token.</param>
internal sealed class ServerDoor(PlexServerClient client, PlexToken token) : ISettingsDoor
{
    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) =>
        await client.ReadSettingsAsync(token, cancellationToken) ?? throw new RePlexOnException(
            "PlexSilent", ExitCode.Failed, "The server does not give its settings.", "See that it runs, and try again.");

    /// <inheritdoc />
    public async Task WriteAsync(IReadOnlyDictionary<string, string?> values, CancellationToken cancellationToken)
    {
        Dictionary<string, string> wanted = values.ToDictionary(one => one.Key, one => one.Value ?? PlexSettings.DefaultOf(one.Key));
        if (!await client.SetAsync(token, wanted, cancellationToken)) throw Refused(string.Join(", ", wanted.Keys));

        IReadOnlyDictionary<string, string> now = await ReadAsync(cancellationToken);
        string[] odd = [.. wanted.Where(one => now.GetValueOrDefault(one.Key) != one.Value).Select(one => one.Key)];
        if (odd.Length > 0) throw Refused(string.Join(", ", odd));
    }

    private static RePlexOnException Refused(string keys) => new(
        "PlexRefusedSettings", ExitCode.Failed, $"The server did not take new values for {keys}.",
        "Set them in Plex's settings by hand, or stop Plex and run this again: then its file is changed.");
}
