namespace Cockpit.Connectors.Kubernetes.Credentials;

/// <summary>A credential that never changes: a token, a client certificate, both or nothing.</summary>
internal sealed class FixedCredential(Credential credential) : ICredentialSource
{
    public bool IsNone => credential.Token is null && credential.Certificate is null;

    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(credential);

    public ValueTask<Credential?> RenewAsync(Credential rejected, CancellationToken cancellationToken) => ValueTask.FromResult<Credential?>(null);
}
