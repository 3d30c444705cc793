using System.Collections.ObjectModel;
using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace RePlexOn.Plex;

/// <summary>What Preferences.xml says: the attributes of its one element. An absent attribute stands for Plex's default.</summary>
public sealed record PlexPreferences
{
    // Real files have a few kilobytes. The limit keeps a damaged or foreign file from filling the memory.
    private const long LargestDocument = 4 << 20;

    private readonly HashSet<string> _keys;

    private PlexPreferences(Dictionary<string, string> attributes)
    {
        _keys = [.. attributes.Keys];
        Values = new ReadOnlyDictionary<string, string>(
            attributes.Where(pair => !IsSecret(pair.Key)).ToDictionary(StringComparer.Ordinal));
        MachineIdentifier = FindMachineIdentifier();
        IsClaimed = attributes.GetValueOrDefault("PlexOnlineToken") is { Length: > 0 };
    }

    /// <summary>The values by key, without those of <see cref="IsSecret"/>: no secret can leave this class by mistake.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>The identifier by which clients and plex.tv know this server; null when it was never started.</summary>
    public string? MachineIdentifier { get; }

    /// <summary>The server's name; null when Plex uses the machine's.</summary>
    public string? FriendlyName => Values.GetValueOrDefault("FriendlyName") is { Length: > 0 } name ? name : null;

    /// <summary>Whether the server belongs to a plex.tv account.</summary>
    public bool IsClaimed { get; }

    /// <summary>Whether the file names the key, be it a secret or not.</summary>
    public bool Contains(string key) => _keys.Contains(key);

    /// <summary>Whether the value of a key opens something and must never be shown.</summary>
    public static bool IsSecret(string key) =>
        key.EndsWith("Token", StringComparison.OrdinalIgnoreCase)
        || key.Contains("Password", StringComparison.OrdinalIgnoreCase)
        || key.Contains("Secret", StringComparison.OrdinalIgnoreCase)
        || key.Equals("customCertificateKey", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file.</summary>
    /// <exception cref="RePlexOnException"><c>PreferencesDamaged</c>: it is not what Plex writes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static PlexPreferences Parse(string path)
    {
        using var stream = File.OpenRead(path);
        return Parse(stream, path);
    }

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The XML; it stays open.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="RePlexOnException"><c>PreferencesDamaged</c>: it is not what Plex writes.</exception>
    public static PlexPreferences Parse(Stream stream, string name = "Preferences.xml")
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = LargestDocument,
        };
        try
        {
            using var reader = XmlReader.Create(stream, settings);
            if (reader.MoveToContent() != XmlNodeType.Element || reader.Name != "Preferences")
                throw Damaged(name, "its first element is not <Preferences>");

            var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
            while (reader.MoveToNextAttribute())
                attributes[reader.Name] = reader.Value;
            while (reader.Read())
            {
                // To the end: a file that was cut off or has two roots shows it only there.
            }

            return new PlexPreferences(attributes);
        }
        catch (XmlException exception)
        {
            // The parser's own words may quote what stands there, so only the place is told.
            throw Damaged(name, $"it is not well-formed XML at line {exception.LineNumber}, column {exception.LinePosition}");
        }
    }

    // Plex derives the public identifier from the private one in this way and keeps both, except in seeded files.
    private string? FindMachineIdentifier()
    {
        if (Values.GetValueOrDefault("ProcessedMachineIdentifier") is { Length: > 0 } processed)
            return processed;
        return Values.GetValueOrDefault("MachineIdentifier") is { Length: > 0 } machine
            ? HashForIdentity(machine + "- Plex Media Server")
            : null;
    }

#pragma warning disable CA5350 // SHA-1 is what Plex made the identifier with; nothing is protected by it.
    private static string HashForIdentity(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350

    private static RePlexOnException Damaged(string name, string what) => new(
        "PreferencesDamaged", ExitCode.Failed, $"{name} is damaged: {what}.",
        "Plex itself cannot use it like this. Bring back a good copy from a backup, or correct it while Plex is stopped.");
}
