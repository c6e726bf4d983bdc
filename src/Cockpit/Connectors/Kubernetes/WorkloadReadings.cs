using System.Globalization;
using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Domain.Health;

namespace Cockpit.Connectors.Kubernetes;

/// <summary>Puts a Deployment and the autoscaler that owns it into the words of the domain.</summary>
internal static class WorkloadReadings
{
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";

    public static WorkloadReading Of(Deployment deployment, IEnumerable<HorizontalPodAutoscaler> autoscalers)
    {
        var meta = deployment.Metadata;
        var owner = autoscalers.Where(autoscaler => autoscaler.Owns(deployment)).MinBy(autoscaler => autoscaler.Metadata.Name, StringComparer.Ordinal);
        return new(
            meta.Namespace ?? "", meta.Name, meta.Uid ?? "", meta.Generation, deployment.Status?.ObservedGeneration ?? 0,
            deployment.Spec?.Replicas ?? 1, deployment.Status?.ReadyReplicas ?? 0,
            deployment.Spec?.Template?.Spec?.Containers is [var first, ..] ? first.Image : null,
            Revision(meta),
            owner is null ? null : new(owner.Metadata.Name, owner.Spec?.MinReplicas ?? 1, owner.Spec?.MaxReplicas ?? 0));
    }

    private static int? Revision(ObjectMeta meta) =>
        meta.Annotations?.TryGetValue(RevisionAnnotation, out var text) == true
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
}
