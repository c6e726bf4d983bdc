using System.Text.Json.Nodes;

namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>A change to part of an object, optionally only if it is still the one that was read.</summary>
/// <param name="ContentType">How <paramref name="Change"/> is to be merged.</param>
/// <param name="Change">The fields to set; null removes one.</param>
/// <param name="Uid">The identity the object must have.</param>
/// <param name="ResourceVersion">The version the object must have.</param>
internal sealed record KubePatch(string ContentType, JsonObject Change, string? Uid = null, string? ResourceVersion = null)
{
    /// <summary>Lists such as containers and their variables are merged by name.</summary>
    public static KubePatch Strategic(JsonObject change) => new("application/strategic-merge-patch+json", change);

    /// <summary>Lists are replaced as a whole (RFC 7396).</summary>
    public static KubePatch Merge(JsonObject change) => new("application/merge-patch+json", change);

    public JsonObject Body()
    {
        var body = (JsonObject)Change.DeepClone();
        if (Uid is null && ResourceVersion is null) return body;
        if (body["metadata"] is not JsonObject metadata) body["metadata"] = metadata = [];
        if (Uid is not null) metadata["uid"] = Uid;
        if (ResourceVersion is not null) metadata["resourceVersion"] = ResourceVersion;
        return body;
    }
}
