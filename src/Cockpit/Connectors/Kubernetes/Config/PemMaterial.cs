using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Cockpit.Connectors.Kubernetes.Config;

/// <summary>Certificates and keys as kubeconfig carries them: a file, or the same content in base64 beside it, which wins.</summary>
internal static class PemMaterial
{
    public static X509Certificate2Collection? Authorities(KubeconfigField cluster)
    {
        if (Read(cluster, "certificate-authority") is not { } found) return null;
        return ParseAuthorities(found.Pem) ?? throw cluster.Wrong(found.Field, $"{found.Origin} holds no PEM certificate");
    }

    public static X509Certificate2Collection? ParseAuthorities(string pem)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return roots.Count == 0 ? null : roots;
    }

    public static X509Certificate2? ClientCertificate(KubeconfigField user)
    {
        var certificate = Read(user, "client-certificate");
        var key = Read(user, "client-key");
        if (certificate is null && key is null) return null;
        if (certificate is null) throw user.Wrong("client-certificate", "a client-key is there but no certificate");
        if (key is null) throw user.Wrong("client-key", "a client-certificate is there but no key");
        try
        {
            return Pair(certificate.Value.Pem, key.Value.Pem);
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            throw user.Wrong(certificate.Value.Field, $"{certificate.Value.Origin} and its key are not a PEM certificate with the key that belongs to it", problem);
        }
    }

    /// <exception cref="CryptographicException">Not a certificate, or not its key.</exception>
    public static X509Certificate2 Pair(string certificatePem, string keyPem)
    {
        // Through PKCS#12, because some platforms refuse a key that only ever lived in memory.
        using var pair = X509Certificate2.CreateFromPem(certificatePem, keyPem);
        return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
    }

    private static (string Field, string Origin, string Pem)? Read(KubeconfigField owner, string field)
    {
        if (owner.Text($"{field}-data") is { } data)
        {
            try
            {
                return ($"{field}-data", "it", Encoding.UTF8.GetString(Convert.FromBase64String(data)));
            }
            catch (FormatException problem)
            {
                throw owner.Wrong($"{field}-data", "not valid base64", problem);
            }
        }

        if (owner.Text(field) is not { } named) return null;
        var path = owner.Resolve(named);
        try
        {
            return (field, path, File.ReadAllText(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw owner.Wrong(field, $"{path} cannot be read", problem);
        }
    }
}
