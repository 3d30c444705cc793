using System.Globalization;

namespace RePlexOn.Security.Audit;

/// <summary>The server's settings as they are in force: what is set, else Plex's own default.</summary>
/// <param name="values">What is set; no secrets.</param>
internal sealed class PlexSettings(IReadOnlyDictionary<string, string> values)
{
    // As servers from 1.25 to 1.43 tell them at /:/prefs; the last one is hidden there too.
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["allowMediaDeletion"] = "1",
        ["allowMediaDeletionLanOnly"] = "0",
        ["allowedHttpOrigins"] = "",
        ["allowedNetworks"] = "",
        ["autoEmptyTrash"] = "1",
        ["ButlerTaskBackupDatabase"] = "1",
        ["customCertificatePath"] = "",
        ["customConnections"] = "",
        ["DisableTLSv1_0"] = "0",
        ["DlnaEnabled"] = "0",
        ["GdmEnabled"] = "1",
        ["LocationVisibility"] = "1",
        ["logDebug"] = "1",
        ["LogTokensForDebug"] = "0",
        ["LogVerbose"] = "0",
        ["ManualPortMappingMode"] = "0",
        ["ManualPortMappingPort"] = "32400",
        ["PlexOnlineUrl"] = "https://plex.tv",
        ["PublishServerOnPlexOnlineKey"] = "0",
        ["RelayEnabled"] = "1",
        ["secureConnections"] = "1",
        ["sendCrashReports"] = "1",
        ["WanPerUserStreamCount"] = "0",
        ["WebHooksEnabled"] = "1",
        ["disableRemoteSecurity"] = "0",
    };

    /// <summary>The keys that the audit knows.</summary>
    public static IReadOnlyCollection<string> Keys => Defaults.Keys;

    /// <summary>Plex's default of a key that the audit knows.</summary>
    public static string DefaultOf(string key) => Defaults[key];

    /// <summary>What is set; null for nothing.</summary>
    public string? Set(string key) => values.GetValueOrDefault(key);

    /// <summary>The value in force, as Plex writes it.</summary>
    public string Text(string key) => (Set(key) is { Length: > 0 } set ? set : Defaults[key]).Trim();

    /// <summary>Whether a switch is on; null where its value is neither.</summary>
    public bool? IsOn(string key) => Text(key).ToUpperInvariant() switch
    {
        "1" or "TRUE" => true,
        "0" or "FALSE" => false,
        _ => null,
    };

    /// <summary>A number; null where it is none.</summary>
    public int? Number(string key) =>
        int.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>
    /// A key and its value in words, for evidence. A value that is neither a number, a switch nor Plex's default is not
    /// repeated: it may be a secret that somebody pasted there.
    /// </summary>
    public string Says(string key)
    {
        string value = Text(key);
        string shown = value.Length == 0 ? "empty" : Number(key) is not null || IsOn(key) is not null || value == Defaults[key] ? value : "something that Plex does not know";
        return Set(key) is null ? $"{key} is {shown} (Plex's default)." : $"{key} is {shown}.";
    }
}
