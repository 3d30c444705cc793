using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RePlexOn.Checks;

namespace RePlexOn.Tests.Audit;

public sealed class CertificateRuleTests : IDisposable
{
    private const string Passphrase = "planted-certificate-passphrase";

    private readonly AuditScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(365, CheckStatus.Pass)]
    [InlineData(5, CheckStatus.Warning)]
    [InlineData(-1, CheckStatus.Fail)]
    public async Task Should_tell_until_when_a_certificate_is_valid(int days, CheckStatus expected)
    {
        Write(days);

        Check check = await OneAsync("RPX-TLS-004");

        Assert.Equal(expected, check.Status);
        Assert.DoesNotContain(Passphrase, check.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_the_passphrase_does_not_fit()
    {
        Write(365, passphrase: "another");

        Check check = await OneAsync("RPX-TLS-004");

        Assert.Equal(CheckStatus.Fail, check.Status);
        Assert.DoesNotContain(Passphrase, check.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_mind_who_can_read_the_private_key()
    {
        Write(365);
        _scene.Mode("root/certificate.p12", 0b110_100_100);
        Assert.Equal(CheckStatus.Fail, (await OneAsync("RPX-TLS-003")).Status);
        _scene.Mode("root/certificate.p12", 0b110_000_000);
        Assert.Equal(CheckStatus.Pass, (await OneAsync("RPX-TLS-003")).Status);
    }

    [Fact]
    public async Task Should_not_guess_where_the_file_is_not_there()
    {
        _scene.Change(("customCertificatePath", "/config/none.p12"));

        Assert.Equal(CheckStatus.Unknown, (await OneAsync("RPX-TLS-003")).Status);
        Assert.Equal(CheckStatus.Unknown, (await OneAsync("RPX-TLS-004")).Status);
    }

    private void Write(int days, string passphrase = Passphrase)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=plex.example.org", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddDays(days));
        string file = _scene.NewFile("root/certificate.p12");
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12, passphrase));
        _scene.Change(("customCertificatePath", "/certificate.p12"), ("customCertificateKey", Passphrase));
    }

    private async Task<Check> OneAsync(string id) => Assert.Single((await _scene.AuditAsync(_scene.Options with { Ids = [id] })).Checks);
}
