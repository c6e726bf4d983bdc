using System.Collections.Immutable;
using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;

namespace Cockpit.Connectors.Kubernetes;

/// <summary>The Deployments of the configured namespaces with their autoscalers, as old as the oldest part of the answer.</summary>
internal sealed class ClusterSource : ISource<ClusterReading>, IAsyncDisposable
{
    private readonly ImmutableArray<WatchedNamespace> _namespaces;

    public ClusterSource(KubeClient client, ImmutableArray<string> namespaces, TimeProvider clock, ILogger<ClusterSource> logger) =>
        _namespaces = [.. namespaces.Select(name => new WatchedNamespace(
            name, new(client, KubeKinds.Deployments, name, clock, logger), new(client, KubeKinds.Autoscalers, name, clock, logger)))];

    public string Name => "Kubernetes";

    public async Task<Observation<ClusterReading>> ReadAsync(CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(_namespaces.Select(each => ReadAsync(each, cancellationToken)));
        return new(new([.. parts.SelectMany(part => part.Items)]), parts.Min(part => part.At), Name);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var each in _namespaces)
        {
            await each.Deployments.DisposeAsync();
            await each.Autoscalers.DisposeAsync();
        }
    }

    private static async Task<Confirmed<WorkloadReading>> ReadAsync(WatchedNamespace each, CancellationToken cancellationToken)
    {
        var reading = each.Deployments.ReadAsync(cancellationToken);
        var listing = each.Autoscalers.ReadAsync(cancellationToken);
        await Task.WhenAll(reading, listing);
        var (deployments, autoscalers) = (Known(each.Name, await reading), Known(each.Name, await listing));
        return new(
            [.. deployments.Items.Select(deployment => WorkloadReadings.Of(deployment, autoscalers.Items))],
            deployments.At < autoscalers.At ? deployments.At : autoscalers.At);
    }

    private static Confirmed<T> Known<T>(string @namespace, KubeResult<Confirmed<T>> result) => result switch
    {
        KubeResult<Confirmed<T>>.Done done => done.Value,
        KubeResult<Confirmed<T>>.Failed failed => throw new SourceUnavailableException($"namespace {@namespace}: {failed.Failure.Message}"),
        _ => throw new InvalidOperationException("A result is either done or failed."),
    };

    private sealed record WatchedNamespace(string Name, WatchedList<Deployment> Deployments, WatchedList<HorizontalPodAutoscaler> Autoscalers);
}
