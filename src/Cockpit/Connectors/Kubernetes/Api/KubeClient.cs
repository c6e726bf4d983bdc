using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using Cockpit.Connectors.Kubernetes.Credentials;

namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>
/// The few verbs of the Kubernetes API that the cockpit needs. Every call ends in bounded time and size, and every way in which a
/// server can misbehave is a <see cref="KubeFailure"/>; only the caller's own cancellation is thrown.
/// </summary>
internal sealed class KubeClient(KubeTransport transport, TimeSpan timeout, TimeProvider clock) : IDisposable
{
    private const int LargestAnswer = 32 << 20;
    private const int LargestLog = 1 << 20;
    private const int PageSize = 500;
    private const int MostPages = 100;
    private const string Manager = "fieldManager=cockpit";

    public Task<KubeResult<T>> GetAsync<T>(KubeKind<T> kind, string @namespace, string name, CancellationToken cancellationToken) where T : IKubeObject =>
        SendAsync<T>(new(HttpMethod.Get, kind.One(@namespace, name)), cancellationToken);

    /// <summary>All objects of a namespace at one version, page by page; begun again, whole, when the server forgets the version meanwhile.</summary>
    public async Task<KubeResult<KubeList<T>>> ListAsync<T>(
        KubeKind<T> kind, string @namespace, string? labelSelector, CancellationToken cancellationToken) where T : IKubeObject
    {
        var result = await ListAsync(kind, @namespace, labelSelector, PageSize, cancellationToken);
        return result is KubeResult<KubeList<T>>.Failed { Failure: KubeFailure.Gone }
            ? await ListAsync(kind, @namespace, labelSelector, null, cancellationToken)
            : result;
    }

    /// <summary>Follows a namespace from a version on. The watch lives until disposed, the server ends it or it falls silent.</summary>
    public async Task<KubeResult<KubeWatch<T>>> WatchAsync<T>(
        KubeKind<T> kind, string @namespace, string resourceVersion, CancellationToken cancellationToken) where T : IKubeObject
    {
        var path = $"{kind.Collection(@namespace)}?watch=true&allowWatchBookmarks=true"
            + $"&timeoutSeconds={KubeWatch.ServerSideLife.TotalSeconds:F0}&resourceVersion={Uri.EscapeDataString(resourceVersion)}";
        return await GuardAsync<KubeWatch<T>>(async (credential, bounded) =>
        {
            var response = await transport.SendAsync(new(HttpMethod.Get, path), credential, bounded);
            if (response.StatusCode == HttpStatusCode.OK)
                return new KubeResult<KubeWatch<T>>.Done(new(response, await response.Content.ReadAsStreamAsync(bounded), transport.Server, clock));
            using (response) return new KubeResult<KubeWatch<T>>.Failed(await FailureAsync(response, bounded));
        }, cancellationToken);
    }

    /// <summary>Replaces the scale subresource. A version or uid in its metadata is a precondition.</summary>
    public Task<KubeResult<Scale>> ReplaceScaleAsync<T>(KubeKind<T> kind, Scale scale, bool dryRun, CancellationToken cancellationToken) where T : IKubeObject =>
        SendAsync<Scale>(
            new(HttpMethod.Put, $"{kind.One(scale.Metadata.Namespace!, scale.Metadata.Name)}/scale?{Manager}{DryRun(dryRun)}", KubeJson.Write(scale)),
            cancellationToken);

    public Task<KubeResult<T>> PatchAsync<T>(
        KubeKind<T> kind, string @namespace, string name, KubePatch patch, bool dryRun, CancellationToken cancellationToken) where T : IKubeObject =>
        SendAsync<T>(
            new(HttpMethod.Patch, $"{kind.One(@namespace, name)}?{Manager}{DryRun(dryRun)}", KubeJson.Write(patch.Body()), patch.ContentType),
            cancellationToken);

    /// <summary>Deletes an object on condition of its identity.</summary>
    public Task<KubeResult<Deletion>> DeleteAsync<T>(
        KubeKind<T> kind, string @namespace, string name, string uid, bool dryRun, CancellationToken cancellationToken) where T : IKubeObject =>
        SendAsync<Deletion>(
            new(HttpMethod.Delete, kind.One(@namespace, name), KubeJson.Write(new DeleteOptions(new(uid), dryRun ? ["All"] : null))), cancellationToken);

    /// <summary>The last lines of a pod's log, the oldest first.</summary>
    public Task<KubeResult<string>> ReadLogAsync(string @namespace, string pod, int lines, CancellationToken cancellationToken) =>
        GuardAsync<string>(async (credential, bounded) =>
        {
            using var response = await transport.SendAsync(new(HttpMethod.Get, $"{KubeKinds.Pods.One(@namespace, pod)}/log?tailLines={lines}"), credential, bounded);
            if (response.StatusCode != HttpStatusCode.OK) return new KubeResult<string>.Failed(await FailureAsync(response, bounded));
            var body = await BoundedBody.ReadAsync(response.Content, LargestLog, bounded);
            return new KubeResult<string>.Done(Encoding.UTF8.GetString(body.Span));
        }, cancellationToken);

    public void Dispose() => transport.Dispose();

    private async Task<KubeResult<KubeList<T>>> ListAsync<T>(
        KubeKind<T> kind, string @namespace, string? labelSelector, int? pageSize, CancellationToken cancellationToken) where T : IKubeObject
    {
        var items = ImmutableArray.CreateBuilder<T>();
        var query = labelSelector is null ? "" : $"&labelSelector={Uri.EscapeDataString(labelSelector)}";
        if (pageSize is not null) query += $"&limit={pageSize}";
        string? next = null;
        for (var page = 0; page < MostPages; page++)
        {
            var path = $"{kind.Collection(@namespace)}?{query}{(next is null ? "" : $"&continue={Uri.EscapeDataString(next)}")}".Replace("?&", "?", StringComparison.Ordinal).TrimEnd('?');
            var result = await SendAsync<KubeListPage<T>>(new(HttpMethod.Get, path), cancellationToken);
            if (result is KubeResult<KubeListPage<T>>.Failed failed) return new KubeResult<KubeList<T>>.Failed(failed.Failure);
            var value = ((KubeResult<KubeListPage<T>>.Done)result).Value;
            items.AddRange(value.Items ?? []);
            next = value.Metadata.Continue;
            if (!string.IsNullOrEmpty(next)) continue;
            return value.Metadata.ResourceVersion is { Length: > 0 } version
                ? new KubeResult<KubeList<T>>.Done(new(items.ToImmutable(), version))
                : new KubeResult<KubeList<T>>.Failed(Malformed());
        }

        return new KubeResult<KubeList<T>>.Failed(new KubeFailure.Unreachable($"the list of {kind.Plural} has no end"));
    }

    private Task<KubeResult<T>> SendAsync<T>(KubeRequest request, CancellationToken cancellationToken) => GuardAsync<T>(async (credential, bounded) =>
    {
        using var response = await transport.SendAsync(request, credential, bounded);
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created))
            return new KubeResult<T>.Failed(await FailureAsync(response, bounded));
        var body = await BoundedBody.ReadAsync(response.Content, LargestAnswer, bounded);
        return new KubeResult<T>.Done(KubeJson.Read<T>(body.Span));
    }, cancellationToken);

    private async Task<KubeResult<T>> GuardAsync<T>(Func<Credential, CancellationToken, Task<KubeResult<T>>> act, CancellationToken cancellationToken)
    {
        try
        {
            // Outside the deadline: a credential plugin bounds itself, and may be slower than any request.
            var credential = await transport.CredentialAsync(cancellationToken);
            using var deadline = new CancellationTokenSource(timeout, clock);
            using var bounded = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            return await act(credential, bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new KubeResult<T>.Failed(new KubeFailure.Unreachable(
                $"{transport.Server.Authority} gave no complete answer within {timeout.TotalSeconds:0.#} s"));
        }
        catch (CredentialUnavailableException problem)
        {
            return new KubeResult<T>.Failed(new KubeFailure.Unauthenticated(problem.Message));
        }
        catch (BodyTooLargeException problem)
        {
            return new KubeResult<T>.Failed(new KubeFailure.Unreachable(problem.Message));
        }
        catch (JsonException)
        {
            return new KubeResult<T>.Failed(Malformed());
        }
        catch (Exception problem) when (TransportFault.Describe(problem, transport.Server) is { } reason)
        {
            return new KubeResult<T>.Failed(new KubeFailure.Unreachable(reason));
        }
    }

    private async Task<KubeFailure> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await BoundedBody.ReadAsync(response.Content, 1 << 20, cancellationToken);
        var retryAfter = response.Headers.RetryAfter?.Delta
            ?? (response.Headers.RetryAfter?.Date is { } date && date > clock.GetUtcNow() ? date - clock.GetUtcNow() : null);
        return KubeStatus.Classify(response.StatusCode, KubeStatus.TryRead(body.Span), retryAfter);
    }

    private KubeFailure.Unreachable Malformed() => new($"{transport.Server.Authority} answers, but not as a Kubernetes API server does");

    private static string DryRun(bool dryRun) => dryRun ? "&dryRun=All" : "";
}
