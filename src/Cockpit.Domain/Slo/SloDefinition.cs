using System.Collections.Immutable;

namespace Cockpit.Domain.Slo;

/// <summary>A service level objective as the catalog declares it. Equality compares the objectives one by one.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Service">Id of the service it speaks of.</param>
/// <param name="Owner">Who answers for it; null when the catalog names nobody.</param>
/// <param name="DisplayName">What a person reads.</param>
/// <param name="Description">What it promises, in prose; empty when the catalog says nothing.</param>
/// <param name="Objectives">At least one; the first is the one that summaries show.</param>
/// <param name="Method">What its budget is counted in.</param>
/// <param name="Window">The period over which it is judged.</param>
/// <param name="Indicator">What is measured.</param>
/// <param name="Note">A remark to show beside the figures, for example where a source text contradicts itself; null when there is
/// none.</param>
public sealed record SloDefinition(
    SloId Id,
    string Service,
    string? Owner,
    string DisplayName,
    string Description,
    ImmutableArray<Objective> Objectives,
    BudgetingMethod Method,
    SloWindow Window,
    Indicator Indicator,
    string? Note = null)
{
    /// <summary>The indicator that an objective of this SLO is judged by.</summary>
    public Indicator IndicatorOf(Objective objective) => objective.Indicator ?? Indicator;

    /// <summary>
    /// Whether a figure keeps the bound of a threshold objective, by the objective's own comparison and value or else the indicator's.
    /// Null when there is no bound, or no
    /// figure: NaN is unknown, not bad.
    /// </summary>
    public bool? KeepsBound(Objective objective, double figure)
    {
        if (IndicatorOf(objective) is not Indicator.Threshold threshold || double.IsNaN(figure)) return null;
        return (objective.Op ?? threshold.Op, objective.Value ?? threshold.Value) is ({ } op, { } bound) ? op.Holds(figure, bound) : null;
    }

    /// <inheritdoc/>
    public bool Equals(SloDefinition? other) =>
        other is not null
        && (Id, Service, Owner, DisplayName, Description, Method, Note) ==
           (other.Id, other.Service, other.Owner, other.DisplayName, other.Description, other.Method, other.Note)
        && Window == other.Window && Indicator == other.Indicator && Objectives.SequenceEqual(other.Objectives);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Service, Method, Window, Objectives.Length);
}
