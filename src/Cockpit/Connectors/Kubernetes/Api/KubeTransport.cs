using System.Net;
using System.Net.Http.Headers;
using Cockpit.Connectors.Kubernetes.Config;
using Cockpit.Connectors.Kubernetes.Credentials;

namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>Sends requests to one API server as one user: address, TLS, credentials and their renewal.</summary>
internal sealed class KubeTransport(KubeTarget target) : IDisposable
{
    private static readonly ProductInfoHeaderValue Agent = new("cockpit", null);

    private readonly Lock _lock = new();
    private HttpMessageInvoker? _invoker;
    private Credential? _invokerFor;
    private bool _disposed;

    public Uri Server => target.Server;

    /// <exception cref="CredentialUnavailableException">There is none to be had now.</exception>
    public ValueTask<Credential> CredentialAsync(CancellationToken cancellationToken) => target.Credentials.GetAsync(cancellationToken);

    /// <summary>The answer as soon as its headers are there. A 401 is tried once more when another credential can be had.</summary>
    public async Task<HttpResponseMessage> SendAsync(KubeRequest request, Credential credential, CancellationToken cancellationToken)
    {
        var response = await SendOnceAsync(request, credential, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized) return response;

        Credential? renewed;
        try
        {
            renewed = await target.Credentials.RenewAsync(credential, cancellationToken);
        }
        catch
        {
            response.Dispose();
            throw;
        }

        if (renewed is null) return response;
        response.Dispose();
        return await SendOnceAsync(request, renewed, cancellationToken);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _invoker?.Dispose();
        }

        target.Dispose();
    }

    private async Task<HttpResponseMessage> SendOnceAsync(KubeRequest request, Credential credential, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, target.Server.AbsoluteUri.TrimEnd('/') + request.PathAndQuery);
        message.Headers.Accept.Add(new("application/json"));
        message.Headers.UserAgent.Add(Agent);
        // The handler compares the certificate with the Host header, and offers no other way to name the server.
        if (target.Trust.ServerName is { } name) message.Headers.Host = name;
        if (credential.Token is { } token) message.Headers.Authorization = new("Bearer", token);
        if (request.Body is { } body) message.Content = new ByteArrayContent(body) { Headers = { ContentType = new(request.ContentType) } };
        return await Invoker(credential).SendAsync(message, cancellationToken);
    }

    // A connection keeps the client certificate it was opened with, so another certificate needs other connections.
    private HttpMessageInvoker Invoker(Credential credential)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_invoker is not null && Equals(_invokerFor?.Certificate, credential.Certificate)) return _invoker;
            _invoker?.Dispose();
            _invokerFor = credential;
            return _invoker = new(Handler(credential));
        }
    }

    private SocketsHttpHandler Handler(Credential credential)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseProxy = target.Proxy is not null || !target.Server.IsLoopback,
            Proxy = target.Proxy is null ? null : new WebProxy(target.Proxy),
        };
        target.Trust.ApplyTo(handler.SslOptions);
        if (credential.Certificate is { } certificate) handler.SslOptions.ClientCertificates = [certificate];
        return handler;
    }
}

/// <summary>One request, relative to the server's address.</summary>
internal sealed record KubeRequest(HttpMethod Method, string PathAndQuery, byte[]? Body = null, string ContentType = "application/json");
