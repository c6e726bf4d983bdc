using System.Text.Json;
using Cockpit.Estate.Cluster;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cockpit.Estate.Exporter;

/// <summary>Once a second makes the estate's Deployments and ConfigMaps what the real cluster says they are.</summary>
internal sealed partial class KubernetesFollower(
    ExporterArguments arguments, KubernetesReader reader, EstateSimulation simulation, TimeProvider time, ILogger<KubernetesFollower> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly HashSet<(string Namespace, string Name)> _seen = [];
    private string? _failure;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        try
        {
            do
            {
                try
                {
                    foreach (var @namespace in arguments.Namespaces) await FollowAsync(@namespace, stoppingToken);
                    if (_failure is not null) LogRecovered();
                    _failure = null;
                }
                catch (Exception exception) when (exception is HttpRequestException or JsonException or IOException
                    || (exception is OperationCanceledException && !stoppingToken.IsCancellationRequested))
                {
                    var reason = exception.GetBaseException().Message;
                    if (_failure != reason) LogUnreachable(reason);
                    _failure = reason;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    private async Task FollowAsync(string @namespace, CancellationToken cancellationToken)
    {
        using var deployments = await reader.ReadAsync($"/apis/apps/v1/namespaces/{@namespace}/deployments", cancellationToken);
        using var pods = await reader.ReadAsync($"/api/v1/namespaces/{@namespace}/pods", cancellationToken);
        using var configMaps = await reader.ReadAsync($"/api/v1/namespaces/{@namespace}/configmaps", cancellationToken);
        var podsOf = Items(pods).ToLookup(KubernetesFacts.DeploymentOfPod, KubernetesFacts.Pod);
        simulation.With(estate =>
        {
            var found = new HashSet<string>();
            foreach (var item in Items(deployments))
            {
                var workload = KubernetesFacts.Deployment(item);
                found.Add(workload.Name);
                _seen.Add((@namespace, workload.Name));
                estate.Cluster.MirrorDeployment(@namespace, workload.Name, workload, [.. podsOf[workload.Name].OrderBy(pod => pod.Name, StringComparer.Ordinal)]);
            }

            foreach (var gone in _seen.Where(seen => seen.Namespace == @namespace && !found.Contains(seen.Name)))
                estate.Cluster.MirrorDeployment(@namespace, gone.Name, MirroredWorkload.None(gone.Name), []);
            foreach (var item in Items(configMaps))
                estate.Cluster.MirrorConfigMap(@namespace, KubernetesFacts.Name(item), KubernetesFacts.Data(item));
        });
    }

    private static IEnumerable<JsonElement> Items(JsonDocument list) =>
        list.RootElement.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : [];

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster cannot be followed, the estate keeps its last shape: {Reason}")]
    private partial void LogUnreachable(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The cluster can be followed again")]
    private partial void LogRecovered();
}
