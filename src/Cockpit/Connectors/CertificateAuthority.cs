using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cockpit.Connectors;

/// <summary>Certificates a connector trusts instead of the machine's own.</summary>
internal static class CertificateAuthority
{
    /// <summary>Why the file cannot serve, or null when it can.</summary>
    public static string? Problem(string path)
    {
        try
        {
            return Load(path).Count == 0 ? "holds no PEM certificate" : null;
        }
        catch (CryptographicException)
        {
            return "holds no readable PEM certificate";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return "cannot be read";
        }
    }

    public static X509ChainPolicy Trusting(string path)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(Load(path));
        return policy;
    }

    private static X509Certificate2Collection Load(string path)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(path);
        return certificates;
    }
}
