using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Cockpit.Connectors.Kubernetes.Config;

/// <summary>Which server certificates are believed.</summary>
/// <param name="Roots">The only authorities believed; null for those of the machine.</param>
/// <param name="ServerName">The name the certificate must carry; null for the address's host.</param>
/// <param name="SkipVerification">Believe anything. Only ever true when the options allow it.</param>
internal sealed record TlsTrust(X509Certificate2Collection? Roots, string? ServerName, bool SkipVerification)
{
    public void ApplyTo(SslClientAuthenticationOptions ssl)
    {
        if (SkipVerification)
        {
            ssl.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }
        else if (Roots is not null)
        {
            // The host name is still compared: a chain policy replaces only where trust begins.
            ssl.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            };
            ssl.CertificateChainPolicy.CustomTrustStore.AddRange(Roots);
        }
    }
}
