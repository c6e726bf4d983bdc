using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>What the catalog says of one objective.</summary>
/// <param name="Key">Its name in addresses and in storage: the SLO's id, and <c>id~2</c> for the second objective of an SLO.</param>
/// <param name="Slo">The SLO.</param>
/// <param name="Objective">The objective of it.</param>
/// <param name="ServiceTitle">The service as a person calls it.</param>
/// <param name="IsCritical">Whether a page-level burn of its budget makes the platform red.</param>
/// <param name="Group">The heading it stands under, or null.</param>
/// <param name="Ours">What in it is the cockpit's own choice; null when nothing is.</param>
/// <param name="MinimumEvents">Events that a long window needs before it may call anybody; at least 0.</param>
/// <param name="KeepFiringFor">How long an alert goes on firing after its budget stopped burning.</param>
/// <param name="UnmeasurableBecause">Why it is not measured at all; null when it is.</param>
public sealed record ObjectiveFacts(
    string Key, SloDefinition Slo, Objective Objective, string ServiceTitle, bool IsCritical, string? Group, string? Ours,
    double MinimumEvents, TimeSpan KeepFiringFor, string? UnmeasurableBecause)
{
    /// <summary>What it is judged by.</summary>
    public Indicator Indicator => Slo.IndicatorOf(Objective);

    /// <summary>The name a person reads; with the objective's own where an SLO has several.</summary>
    public string Title => Objective.DisplayName is { Length: > 0 } own ? $"{Slo.DisplayName}: {own}" : Slo.DisplayName;
}
