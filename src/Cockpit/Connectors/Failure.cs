using System.Net.Sockets;
using System.Security.Authentication;

namespace Cockpit.Connectors;

/// <summary>Words for what went wrong on the way to a server: fragments that follow the server's name, without secrets.</summary>
internal static class Failure
{
    public const string Timeout = "did not answer in time";

    private const int LongestQuote = 200;

    /// <summary>The network's failure inside an exception, or null when it holds none.</summary>
    public static string? Describe(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SocketException socket: return Describe(socket);
                case AuthenticationException: return $"failed the TLS handshake: {Quote(cause.Message)}";
                case EndOfStreamException: return "hung up before its answer was complete";
                case TimeoutException or OperationCanceledException: return Timeout;
            }
        }

        return exception is IOException ? "broke the connection" : null;
    }

    /// <summary>Text that another program wrote, made fit for one line on a tile.</summary>
    public static string Quote(string text)
    {
        var clean = string.Concat(text.Select(character => char.IsControl(character) || char.IsSurrogate(character) ? ' ' : character)).Trim();
        return clean.Length <= LongestQuote ? clean : $"{clean[..LongestQuote]}…";
    }

    private static string Describe(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "refuses connections",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "has a name that does not resolve",
        SocketError.TimedOut => Timeout,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "cannot be reached over the network",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => "broke the connection",
        var code => $"cannot be reached ({code})",
    };
}
