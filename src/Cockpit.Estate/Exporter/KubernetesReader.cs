using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Cockpit.Estate.Exporter;

/// <summary>Reads objects of the API server as JSON, with the token and the authority from their files.</summary>
internal sealed class KubernetesReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client;
    private readonly string? _tokenFile;

    public KubernetesReader(ExporterArguments arguments)
    {
        _tokenFile = arguments.KubeTokenFile;
        var handler = new SocketsHttpHandler();
        if (arguments.KubeCaFile is { } file) handler.SslOptions.RemoteCertificateValidationCallback = TrustOnly(file);
        _client = new HttpClient(handler) { BaseAddress = arguments.KubeUrl, Timeout = Patience };
    }

    public async Task<JsonDocument> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (_tokenFile is not null)
        {
            // Read each time: tokens are rotated under running programs.
            var token = (await File.ReadAllTextAsync(_tokenFile, cancellationToken)).Trim();
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await _client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private static RemoteCertificateValidationCallback TrustOnly(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return (_, certificate, presented, errors) =>
        {
            if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return false;
            using var leaf = new X509Certificate2(certificate);
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            if (presented is not null) chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
            return chain.Build(leaf);
        };
    }
}
