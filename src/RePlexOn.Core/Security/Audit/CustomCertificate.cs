using System.Security.Cryptography.X509Certificates;
using System.Xml;

namespace RePlexOn.Security.Audit;

/// <summary>The certificate that an administrator gave to Plex.</summary>
internal static class CustomCertificate
{
    /// <summary>Until when it is valid. The passphrase is read from Preferences.xml, and leaves this method for nowhere.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is damaged, or the passphrase is another.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DateTime ReadExpiry(string path, string preferencesPath)
    {
        using XmlReader reader = XmlReader.Create(preferencesPath, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        string? passphrase = reader.MoveToContent() == XmlNodeType.Element ? reader.GetAttribute("customCertificateKey") : null;
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12FromFile(path, passphrase, X509KeyStorageFlags.EphemeralKeySet);
        return certificate.NotAfter;
    }
}
