using Cockpit.Domain.Slo;

namespace Cockpit.Catalog;

/// <summary>An objective with what the catalog says beside it.</summary>
/// <param name="Definition">The objective.</param>
/// <param name="IsCritical">Whether a burning budget makes the platform's health red.</param>
/// <param name="Group">The heading it stands under, or null.</param>
/// <param name="Ours">What in it is Cockpit's own choice because the source texts leave it open; null when nothing is.</param>
/// <param name="File">The file it comes from.</param>
/// <param name="IsPrometheus">Whether all its queries are PromQL; only then it is measured and exported as rules.</param>
/// <param name="MinimumEvents">Events that a long window needs before it may call anybody; at least 0.</param>
/// <param name="KeepFiringFor">How long an alert of it goes on firing after its budget stopped burning.</param>
public sealed record CatalogSlo(
    SloDefinition Definition, bool IsCritical, string? Group, string? Ours, string File, bool IsPrometheus, double MinimumEvents, TimeSpan KeepFiringFor);

/// <summary>Annotations of OpenSLO objects that Cockpit understands.</summary>
internal static class CatalogAnnotations
{
    public const string Note = "cockpit/note";
    public const string Ours = "cockpit/ours";
    public const string MinimumEvents = "cockpit/minimum-events";
    public const string KeepFiringFor = "cockpit/keep-firing-for";
    public const string Threshold = "cockpit/threshold";
    public const string Comparison = "cockpit/comparison";
}
