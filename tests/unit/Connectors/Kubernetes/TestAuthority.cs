using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cockpit.Tests.Connectors.Kubernetes;

/// <summary>A certificate authority that exists for one test.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private readonly DateTimeOffset _from = TimeProvider.System.GetUtcNow().AddDays(-2);

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(_from, _from.AddDays(30));
    }

    public string Pem => _root.ExportCertificatePem();

    public string PemInBase64 => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(Pem));

    /// <summary>A server certificate for a DNS name or an address.</summary>
    public X509Certificate2 Server(string host, bool expired = false)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(host);
        return Issue($"CN={host}", names.Build(), expired);
    }

    public (string CertificatePem, string KeyPem) Client(string name)
    {
        using var pair = Issue($"CN={name}", null, false);
        return (pair.ExportCertificatePem(), pair.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Issue(string subject, X509Extension? names, bool expired)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        if (names is not null) request.CertificateExtensions.Add(names);
        using var issued = request.Create(_root, _from, _from.AddDays(expired ? 1 : 20), RandomNumberGenerator.GetBytes(12));
        using var pair = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
