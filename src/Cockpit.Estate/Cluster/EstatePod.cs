namespace Cockpit.Estate.Cluster;

/// <summary>A pod of a Deployment.</summary>
/// <param name="Name">Its name, unique in the namespace.</param>
/// <param name="Revision">The rollout revision of its template.</param>
/// <param name="Ready">Whether it takes traffic.</param>
public sealed record EstatePod(string Name, int Revision, bool Ready);

/// <summary>One version of a Deployment's pod template.</summary>
/// <param name="Number">The rollout revision.</param>
/// <param name="Image">The container's image.</param>
/// <param name="Environment">The container's own environment entries.</param>
/// <param name="Mark">What the rollout was marked with, or null.</param>
public sealed record TemplateRevision(int Number, string Image, IReadOnlyDictionary<string, string> Environment, string? Mark)
{
    private static readonly Dictionary<string, string> Unlimited = [];

    /// <summary>The container's limits by resource.</summary>
    public IReadOnlyDictionary<string, string> Limits { get; init; } = Unlimited;

    /// <summary>What tells this template from others, whatever its number: the same text for the same template.</summary>
    public string Digest => string.Join('|',
        [Image, Mark ?? "", .. Environment.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"),
            .. Limits.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}:{entry.Value}")]);
}
