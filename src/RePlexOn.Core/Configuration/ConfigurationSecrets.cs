namespace RePlexOn.Configuration;

/// <summary>Finds what is secret in a configuration, by the settings that are marked so.</summary>
internal sealed class ConfigurationSecrets(IReadOnlyList<Setting> settings)
{
    /// <summary>The files that hold secrets.</summary>
    public IReadOnlyList<string> FilesOf(RePlexOnConfiguration configuration) =>
    [
        .. settings.Where(setting => setting is { IsSecret: true, Kind: SettingKind.Path or SettingKind.SecretAddress })
            .Select(setting => setting.Get(configuration)).OfType<string>().Where(value => value.StartsWith('/')).Distinct(),
    ];

    /// <summary>The text of a configuration file with null for each secret that stands in it; all else stays as it is.</summary>
    /// <param name="text">The file's text, which loads.</param>
    /// <returns>That text, and the keys of the secrets.</returns>
    public (byte[] Text, IReadOnlyList<string> Keys) Blank(byte[] text)
    {
        var keys = new List<string>();
        foreach (Setting setting in settings.Where(setting => setting is { IsSecret: true, Kind: not SettingKind.Path }))
        {
            if (!ConfigurationDocument.TryParse(text, out ConfigurationDocument? document, out _) || !HoldsSecret(document, setting.Key)) continue;

            text = ConfigurationEditor.Set(document, setting.Key, "null");
            keys.Add(setting.Key);
        }

        return (text, keys);
    }

    // A path says where a secret is, and is none.
    private static bool HoldsSecret(ConfigurationDocument document, string key)
    {
        ConfigurationNode? node = document.Root;
        foreach (string name in key.Split('.')) node = node?.Find(name)?.Value;
        return node is not null && !(node.Text is ['/' or '~', ..]);
    }
}
