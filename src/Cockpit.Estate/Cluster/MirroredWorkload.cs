namespace Cockpit.Estate.Cluster;

/// <summary>What a real cluster reports of a Deployment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Replicas">Replicas asked for.</param>
/// <param name="Revision">Rollout revision.</param>
/// <param name="RolledOut">Whether every pod is of that revision.</param>
/// <param name="Image">Image of its first container, or null.</param>
/// <param name="Environment">That container's own environment entries.</param>
internal sealed record MirroredWorkload(
    string Name, int Replicas, int Revision, bool RolledOut, string? Image, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>A Deployment that is gone.</summary>
    public static MirroredWorkload None(string name) => new(name, 0, 1, true, null, new Dictionary<string, string>());
}
