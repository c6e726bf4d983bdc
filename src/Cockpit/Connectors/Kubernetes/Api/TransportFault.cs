using System.Net.Sockets;
using System.Security.Authentication;

namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>Says in plain words what went wrong between the server and us.</summary>
internal static class TransportFault
{
    private static readonly string[] Verdicts = ["UntrustedRoot", "PartialChain", "NotSignatureValid"];

    /// <summary>The reason, or null when the exception is none of the transport's.</summary>
    public static string? Describe(Exception problem, Uri server) => problem switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => $"the host name {server.Host} is not known",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Tls(problem, server),
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => $"the proxy does not let us through to {server.Authority}",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => Connect(problem, server),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
            or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => $"{server.Authority} hung up before its answer was complete",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }
            or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } => $"{server.Authority} answers, but not in HTTP",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => $"{server.Authority} answers with headers too large to be an API server's",
        InvalidDataException => $"{server.Authority} sent a damaged answer",
        HttpRequestException or IOException => $"the connection to {server.Authority} broke",
        _ => null,
    };

    private static string Connect(Exception problem, Uri server) => problem.InnerException switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => $"nothing listens at {server.Authority}",
        SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable } => $"there is no way to {server.Authority}",
        _ => $"no connection to {server.Authority}",
    };

    // The framework keeps the verdict only in the text, as names of its enumerations.
    private static string Tls(Exception problem, Uri server)
    {
        for (var inner = problem.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is not AuthenticationException) continue;
            if (inner.Message.Contains("RemoteCertificateNameMismatch", StringComparison.Ordinal)) return $"the certificate of {server.Authority} is for another host name";
            if (inner.Message.Contains("NotTimeValid", StringComparison.Ordinal)) return $"the certificate of {server.Authority} has expired or is not valid yet";
            // A cluster made anew under the old name has an authority of the same name and another key: a bad signature, not a strange root.
            if (Verdicts.Any(verdict => inner.Message.Contains(verdict, StringComparison.Ordinal)))
                return $"the certificate of {server.Authority} is not signed by an authority that is trusted here";
            if (inner.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase)) return $"the certificate of {server.Authority} is not acceptable";
        }

        return $"{server.Authority} does not complete a TLS handshake";
    }
}
