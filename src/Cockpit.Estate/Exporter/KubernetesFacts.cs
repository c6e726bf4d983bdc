using System.Globalization;
using System.Text.Json;
using Cockpit.Estate.Cluster;

namespace Cockpit.Estate.Exporter;

/// <summary>The few facts that the estate takes from Kubernetes objects. Whatever is absent reads as its API default.</summary>
internal static class KubernetesFacts
{
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";

    public static string Name(JsonElement item) => Text(item, "metadata", "name") ?? "";

    public static MirroredWorkload Deployment(JsonElement item)
    {
        var replicas = Number(item, "spec", "replicas") ?? 1;
        var revision = int.TryParse(Text(item, "metadata", "annotations", RevisionAnnotation), CultureInfo.InvariantCulture, out var number) ? number : 1;
        var rolledOut = (Number(item, "status", "observedGeneration") ?? 0) >= (Number(item, "metadata", "generation") ?? 0)
            && (Number(item, "status", "updatedReplicas") ?? 0) == replicas
            && (Number(item, "status", "replicas") ?? 0) == replicas;
        var container = At(item, "spec", "template", "spec", "containers") is { ValueKind: JsonValueKind.Array } all && all.GetArrayLength() > 0
            ? all[0]
            : default;
        return new MirroredWorkload(Name(item), replicas, revision, rolledOut, Text(container, "image"), Environment(container));
    }

    public static (string Name, bool Ready) Pod(JsonElement item)
    {
        var leaving = At(item, "metadata", "deletionTimestamp") is not null;
        var ready = At(item, "status", "conditions") is { ValueKind: JsonValueKind.Array } conditions
            && conditions.EnumerateArray().Any(condition => Text(condition, "type") == "Ready" && Text(condition, "status") == "True");
        return (Name(item), ready && !leaving);
    }

    /// <summary>The Deployment a pod belongs to: its ReplicaSet's name without the template's hash; empty when it has none.</summary>
    public static string DeploymentOfPod(JsonElement item)
    {
        if (At(item, "metadata", "ownerReferences") is not { ValueKind: JsonValueKind.Array } owners) return "";
        foreach (var owner in owners.EnumerateArray())
        {
            if (Text(owner, "kind") == "ReplicaSet" && Text(owner, "name") is { } name && name.LastIndexOf('-') is > 0 and var dash) return name[..dash];
        }

        return "";
    }

    public static IReadOnlyDictionary<string, string> Data(JsonElement item) =>
        At(item, "data") is { ValueKind: JsonValueKind.Object } data
            ? data.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "")
            : new Dictionary<string, string>();

    private static Dictionary<string, string> Environment(JsonElement container)
    {
        var entries = new Dictionary<string, string>();
        if (At(container, "env") is not { ValueKind: JsonValueKind.Array } list) return entries;
        foreach (var entry in list.EnumerateArray())
        {
            if (Text(entry, "name") is { } name) entries[name] = Text(entry, "value") ?? "";
        }

        return entries;
    }

    private static string? Text(JsonElement item, params ReadOnlySpan<string> path) =>
        At(item, path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    private static int? Number(JsonElement item, params ReadOnlySpan<string> path) =>
        At(item, path) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out var number) ? number : null;

    private static JsonElement? At(JsonElement item, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(name, out item)) return null;
        }

        return item;
    }
}
