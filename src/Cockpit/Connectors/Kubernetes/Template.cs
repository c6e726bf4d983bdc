using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cockpit.UseCases.Executing;

namespace Cockpit.Connectors.Kubernetes;

/// <summary>A pod template as JSON: what the cockpit reads from it and how it changes it.</summary>
internal static class Template
{
    public const string MarkAnnotation = "cockpit/execution";
    public const string RestartAnnotation = "kubectl.kubernetes.io/restartedAt";
    private const string HashLabel = "pod-template-hash";
    private const string Elsewhere = "(set from elsewhere)";

    public static ImmutableArray<ContainerSeen> ContainersOf(JsonObject? template) =>
        [.. Containers(template).Select(container => new ContainerSeen(
            Text(container["name"]) ?? "", Text(container["image"]),
            (container["env"] as JsonArray ?? []).OfType<JsonObject>().Where(entry => Text(entry["name"]) is not null)
                .ToImmutableSortedDictionary(entry => Text(entry["name"])!, entry => entry.ContainsKey("valueFrom") ? Elsewhere : Text(entry["value"]) ?? "", StringComparer.Ordinal),
            (container["resources"]?["limits"] as JsonObject ?? []).Where(limit => limit.Value is not null)
                .ToImmutableSortedDictionary(limit => limit.Key, limit => Text(limit.Value) ?? "", StringComparer.Ordinal)))];

    public static string? MarkOf(JsonObject? template) => Text(template?["metadata"]?["annotations"]?[MarkAnnotation]);

    /// <summary>Without the label by which a ReplicaSet tells its pods apart, the template of a Deployment and of its revision are the same.</summary>
    public static JsonObject WithoutHash(JsonObject template)
    {
        var copy = (JsonObject)template.DeepClone();
        (copy["metadata"]?["labels"] as JsonObject)?.Remove(HashLabel);
        return copy;
    }

    public static string DigestOf(JsonObject? template) => template is null
        ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WithoutHash(template).ToJsonString())))[..16];

    /// <summary>Whether the template takes a ConfigMap's values as its pods start; null when it does not read it at all.</summary>
    public static bool? ReadsAtStart(JsonObject? template, string configMap)
    {
        var atStart = Containers(template).Any(container =>
            (container["envFrom"] as JsonArray ?? []).Any(source => Text(source?["configMapRef"]?["name"]) == configMap)
            || (container["env"] as JsonArray ?? []).Any(entry => Text(entry?["valueFrom"]?["configMapKeyRef"]?["name"]) == configMap));
        if (atStart) return true;
        var mounted = (template?["spec"]?["volumes"] as JsonArray ?? []).Any(volume => Text(volume?["configMap"]?["name"]) == configMap);
        return mounted ? false : null;
    }

    /// <summary>The strategic merge that sets variables and limits of a container and the marks of a new rollout.</summary>
    public static JsonObject Patch(ClusterChange.Template change, DateTimeOffset now)
    {
        var template = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["annotations"] = new JsonObject { [MarkAnnotation] = change.Mark, [RestartAnnotation] = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null) },
            },
        };
        if (change.Container is not null && !(change.Environment.IsEmpty && change.Limits.IsEmpty))
        {
            var container = new JsonObject { ["name"] = change.Container };
            if (!change.Environment.IsEmpty) container["env"] = new JsonArray([.. change.Environment.Select(Variable)]);
            if (!change.Limits.IsEmpty) container["resources"] = new JsonObject { ["limits"] = Values(change.Limits) };
            template["spec"] = new JsonObject { ["containers"] = new JsonArray(container) };
        }

        return new JsonObject { ["spec"] = new JsonObject { ["template"] = template } };
    }

    /// <summary>The merge (RFC 7396) that turns one object into another: what is gone is null, lists are replaced as a whole.</summary>
    public static JsonObject MergeTo(JsonObject from, JsonObject to)
    {
        var merge = new JsonObject();
        foreach (var (name, _) in from)
        {
            if (!to.ContainsKey(name)) merge[name] = null;
        }

        foreach (var (name, wished) in to)
        {
            var held = from[name];
            if (JsonNode.DeepEquals(held, wished)) continue;
            merge[name] = held is JsonObject before && wished is JsonObject after ? MergeTo(before, after) : wished?.DeepClone();
        }

        return merge;
    }

    public static JsonObject Values(IEnumerable<KeyValuePair<string, string?>> values) =>
        new(values.Select(value => new KeyValuePair<string, JsonNode?>(value.Key, value.Value is null ? null : JsonValue.Create(value.Value))));

    private static JsonObject Variable(KeyValuePair<string, string?> variable) => variable.Value is null
        ? new JsonObject { ["name"] = variable.Key, ["$patch"] = "delete" }
        : new JsonObject { ["name"] = variable.Key, ["value"] = variable.Value };

    private static IEnumerable<JsonObject> Containers(JsonObject? template) => (template?["spec"]?["containers"] as JsonArray ?? []).OfType<JsonObject>();

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node is JsonValue ? node.ToJsonString() : null;
}
