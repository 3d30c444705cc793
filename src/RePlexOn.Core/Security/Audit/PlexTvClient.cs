using System.Xml;
using System.Xml.Linq;
using RePlexOn.Plex;

namespace RePlexOn.Security.Audit;

/// <summary>Asks plex.tv with whom a server is shared. The answer holds other people's tokens: only numbers leave this class.</summary>
/// <param name="address">plex.tv.</param>
internal sealed class PlexTvClient(Uri address)
{
    private const int LargestAnswer = 8 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Asks.</summary>
    /// <returns>The numbers; or null, and why not.</returns>
    public async Task<(SharedWith? Shared, string? WhyNot)> AskAsync(string machineIdentifier, PlexToken token, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = address, Timeout = Patience, MaxResponseContentBufferSize = LargestAnswer };
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri($"/api/servers/{Uri.EscapeDataString(machineIdentifier)}/shared_servers", UriKind.Relative));
        token.AddTo(request.Headers);
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode) return (null, $"plex.tv answered with {(int)response.StatusCode}.");

            return (Read(await response.Content.ReadAsStringAsync(cancellationToken)), null);
        }
        catch (XmlException)
        {
            return (null, "What plex.tv answered cannot be understood.");
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException)
        {
            return (null, "plex.tv could not be reached.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, "plex.tv did not answer in time.");
        }
    }

    private static SharedWith Read(string xml)
    {
        using XmlReader reader = XmlReader.Create(
            new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        XElement[] shares = [.. XDocument.Load(reader).Root!.Elements("SharedServer")];
        return new SharedWith(shares.Length, Count("allLibraries", "1"), Count("allowSync", "1"), shares.Count(one => (string?)one.Attribute("acceptedAt") is null or ""));

        int Count(string name, string value) => shares.Count(one => (string?)one.Attribute(name) == value);
    }
}
