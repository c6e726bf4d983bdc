namespace Cockpit.Connectors.Kubernetes.Credentials;

internal interface ICredentialSource
{
    /// <exception cref="CredentialUnavailableException">There is none to be had now.</exception>
    ValueTask<Credential> GetAsync(CancellationToken cancellationToken);

    /// <summary>Called after a 401: another credential worth one more try, or null.</summary>
    /// <exception cref="CredentialUnavailableException">There is none to be had now.</exception>
    ValueTask<Credential?> RenewAsync(Credential rejected, CancellationToken cancellationToken);
}
