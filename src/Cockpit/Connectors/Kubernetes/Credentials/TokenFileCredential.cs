using System.Security.Cryptography.X509Certificates;

namespace Cockpit.Connectors.Kubernetes.Credentials;

/// <summary>
/// A token in a file that somebody else rotates. It is read for every request: mounted tokens change by a swapped link, whose
/// time stamps tell nothing reliable, and the read is tiny beside the request.
/// </summary>
internal sealed class TokenFileCredential(string path, string origin, X509Certificate2? certificate) : ICredentialSource
{
    public async ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        string token;
        try
        {
            token = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CredentialUnavailableException($"{origin}: {path} cannot be read", problem);
        }

        return Credential.IsSendable(token)
            ? new(token, certificate)
            : throw new CredentialUnavailableException($"{origin}: {path} holds no token");
    }

    public async ValueTask<Credential?> RenewAsync(Credential rejected, CancellationToken cancellationToken)
    {
        var current = await GetAsync(cancellationToken);
        return current.Token == rejected.Token ? null : current;
    }
}
