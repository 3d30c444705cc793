using System.Net.Http.Headers;
using System.Xml;

namespace RePlexOn.Plex;

/// <summary>The key to a Plex server. It can be sent to that server, and shown nowhere.</summary>
internal sealed class PlexToken
{
    private readonly string _value;

    private PlexToken(string value) => _value = value;

    /// <summary>Takes a token; null for what cannot be one.</summary>
    public static PlexToken? Of(string? value) =>
        !string.IsNullOrEmpty(value) && value.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.') ? new PlexToken(value) : null;

    /// <summary>The token in a Preferences.xml; null where there is none, or this user may not read it.</summary>
    public static PlexToken? Read(string preferencesPath)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(preferencesPath, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return reader.MoveToContent() == XmlNodeType.Element ? Of(reader.GetAttribute("PlexOnlineToken")) : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or XmlException)
        {
            return null;
        }
    }

    /// <summary>Adds it to a request.</summary>
    public void AddTo(HttpRequestHeaders headers) => headers.Add("X-Plex-Token", _value);

    /// <inheritdoc />
    public override string ToString() => "(a token)";
}
