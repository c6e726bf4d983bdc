using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Cockpit.Connectors.Kubernetes.Config;

namespace Cockpit.Connectors.Kubernetes.Credentials;

/// <summary>
/// The credential that a plugin prints, kept until it expires or the server rejects it. One run serves all who wait, and outlives
/// any of them: a slow plugin would otherwise be cancelled by each impatient caller and never finish.
/// </summary>
internal sealed class ExecCredential(ExecPlugin plugin, TimeProvider clock, X509Certificate2? certificate) : ICredentialSource, IDisposable
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposed = new();
    private Issued? _issued;
    private Task<Issued>? _running;

    public async ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        Task<Issued> run;
        lock (_lock)
        {
            if (_issued is { } issued && (issued.ExpiresAt is null || clock.GetUtcNow() < issued.ExpiresAt)) return issued.Credential;
            run = _running is { IsCompleted: false } ? _running : _running = RunAsync();
        }

        return (await run.WaitAsync(cancellationToken)).Credential;
    }

    public async ValueTask<Credential?> RenewAsync(Credential rejected, CancellationToken cancellationToken)
    {
        lock (_lock)
            if (_issued?.Credential == rejected) _issued = null;
        return await GetAsync(cancellationToken);
    }

    public void Dispose() => _disposed.Cancel();

    private async Task<Issued> RunAsync()
    {
        // Elsewhere than under the caller's lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var deadline = new CancellationTokenSource(LongestRun, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _disposed.Token);
        try
        {
            var issued = Parse(await plugin.RunAsync(end.Token));
            lock (_lock) _issued = issued;
            return issued;
        }
        catch (OperationCanceledException problem)
        {
            throw new CredentialUnavailableException($"{plugin.Origin}: {plugin.Command} did not finish within {LongestRun.TotalSeconds} s", problem);
        }
    }

    // {"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"…","expirationTimestamp":"2026-01-02T03:04:05Z"}}
    private Issued Parse(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var root = document.RootElement;
            if (Text(root, "kind") != "ExecCredential") throw Wrong("kind", "ExecCredential is expected");
            if (Text(root, "apiVersion") != plugin.ApiVersion) throw Wrong("apiVersion", $"{plugin.ApiVersion} is expected");
            if (!root.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Object) throw Wrong("status", "it is missing");

            var token = Text(status, "token");
            if (token is not null && !Credential.IsSendable(token)) throw Wrong("status.token", "holds characters that no token has");
            var pair = Pair(Text(status, "clientCertificateData"), Text(status, "clientKeyData")) ?? certificate;
            if (token is null && pair is null) throw Wrong("status", "a token or a client certificate with its key is expected");
            DateTimeOffset? expiresAt = Text(status, "expirationTimestamp") is null ? null
                : status.GetProperty("expirationTimestamp").TryGetDateTimeOffset(out var at) ? at
                : throw Wrong("status.expirationTimestamp", "an RFC 3339 time is expected");
            return new(new(token, pair), expiresAt);
        }
        catch (JsonException problem)
        {
            throw new CredentialUnavailableException($"{plugin.Origin}: {plugin.Command} printed something that is not JSON", problem);
        }
    }

    private X509Certificate2? Pair(string? certificatePem, string? keyPem)
    {
        if (certificatePem is null && keyPem is null) return null;
        if (certificatePem is null || keyPem is null) throw Wrong("status", "clientCertificateData and clientKeyData are expected together");
        try
        {
            return PemMaterial.Pair(certificatePem, keyPem);
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            throw Wrong("status.clientCertificateData", "not a PEM certificate with the key that belongs to it", problem);
        }
    }

    private CredentialUnavailableException Wrong(string field, string problem, Exception? inner = null) =>
        new($"{plugin.Origin}: {plugin.Command} printed an ExecCredential whose {field} is wrong: {problem}", inner);

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text ? text : null;

    private sealed record Issued(Credential Credential, DateTimeOffset? ExpiresAt);
}
