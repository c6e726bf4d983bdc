using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Executing;

namespace Cockpit.Connectors.Embedded;

/// <summary>What the manifests of the simulated platform would say: labels, and which workload follows which ConfigMap as a mounted file.</summary>
internal static class EmbeddedReaders
{
    private static readonly ImmutableDictionary<string, string> Mounted = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        new KeyValuePair<string, string>("websocket-config", "websocket-manager"), new("database-config", "order-manager"),
        new("data-provider-config", "data-adapter"), new("risk-config", "risk-engine"),
    ]);

    public static ImmutableArray<ConfigReader> Of(ObjectName config) =>
        Mounted.TryGetValue(config.Name, out var workload) ? [new ConfigReader(workload, AtStartOnly: false)] : [];

    public static ImmutableSortedDictionary<string, string> LabelsOf(string workload)
    {
        foreach (var colour in (ReadOnlySpan<string>)["blue", "green"])
        {
            if (workload.EndsWith($"-{colour}", StringComparison.Ordinal))
                return ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("app", workload[..^(colour.Length + 1)]).Add("version", colour);
        }

        return ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("app", workload);
    }
}
