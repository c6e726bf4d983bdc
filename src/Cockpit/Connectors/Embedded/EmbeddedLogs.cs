using System.Globalization;
using Cockpit.Estate;

namespace Cockpit.Connectors.Embedded;

/// <summary>What a pod of the simulated platform would write, told from the state that the simulation is in.</summary>
internal static class EmbeddedLogs
{
    private const double StaleProvider = 60;

    /// <summary>The log, the oldest line first; null when there is no such pod.</summary>
    public static string[]? Of(SimulatedEstate estate, string @namespace, string pod)
    {
        var workload = estate.Cluster.Deployments.FirstOrDefault(deployment =>
            deployment.Namespace == @namespace && deployment.Pods.Any(each => each.Name == pod));
        if (workload is null) return null;
        var lines = new List<string> { $"info  {workload.Name} {workload.Template.Image} serving" };
        var redis = estate.Redis.Read();
        if (redis.Nodes.FirstOrDefault(node => node.Endpoint == redis.Master)?.Failure is { } failure && Uses(workload.Name))
            lines.Add($"error redis {redis.Master}: {failure}");
        if (workload.Name == "data-adapter" && estate.Provider.AgeSeconds > StaleProvider)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"warn  provider: no update for {estate.Provider.AgeSeconds:0} s"));
        if (workload.Name == "data-adapter" && estate.Provider.Mocked) lines.Add("warn  provider: serving invented prices");
        if (workload.Name == "risk-engine" && estate.Postgres.Behind > TimeSpan.FromSeconds(5))
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"warn  database: replica is {estate.Postgres.Behind.TotalSeconds:0} s behind"));
        return [.. lines.Select((line, index) => $"{estate.Now.AddSeconds(index - lines.Count):yyyy-MM-dd'T'HH:mm:ss'Z'} {line}")];
    }

    private static bool Uses(string workload) => workload is "websocket-manager" or "order-manager" or "risk-engine";
}
