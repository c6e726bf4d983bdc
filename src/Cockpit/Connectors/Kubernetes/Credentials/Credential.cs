using System.Security.Cryptography.X509Certificates;

namespace Cockpit.Connectors.Kubernetes.Credentials;

/// <summary>What is shown to the server. A class and not a record, so that printing one never prints the token.</summary>
internal sealed class Credential(string? token, X509Certificate2? certificate)
{
    public static readonly Credential None = new(null, null);

    public string? Token => token;

    public X509Certificate2? Certificate => certificate;

    /// <summary>Whether a token can stand in a header: visible ASCII only.</summary>
    public static bool IsSendable(string token) => token.Length > 0 && token.All(letter => letter is > ' ' and <= '~');
}

/// <summary>No credential could be had. The message says why and holds no secret.</summary>
internal sealed class CredentialUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
