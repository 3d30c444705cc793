using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RePlexOn.Tests.Fixtures;

/// <summary>A certificate for localhost and 127.0.0.1 that nobody trusts who is not told to.</summary>
public sealed class TestCertificate
{
    /// <param name="folder">Where its files are written.</param>
    public TestCertificate(ScratchFolder folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.Now.AddDays(-1), DateTimeOffset.Now.AddDays(1));
        Path = folder.File("certificate.pem", certificate.ExportCertificatePem());
        KeyPath = folder.File("key.pem", key.ExportPkcs8PrivateKeyPem());
    }

    public string Path { get; }

    public string KeyPath { get; }
}
