using System.Collections.Immutable;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Components.Slo;

/// <summary>An objective as one line of the list.</summary>
/// <param name="Key">Its name in addresses.</param>
/// <param name="Title">What a person reads.</param>
/// <param name="Service">The service, as a person calls it.</param>
/// <param name="Owner">Who answers for it; null when nobody is named.</param>
/// <param name="Group">The heading it stands under.</param>
/// <param name="Status">Colour and shape.</param>
/// <param name="Word">The status in a word or two.</param>
/// <param name="Share">Share of the budget left; null when unknown.</param>
/// <param name="Left">The same in words.</param>
/// <param name="Room">What is left in minutes or events; empty when unknown.</param>
/// <param name="Pace">How fast it is being spent.</param>
/// <param name="Promise">Target and window.</param>
/// <param name="Trend">Budget left over the period.</param>
/// <param name="Doubt">Why it is unknown, as a sentence; null when it is known.</param>
/// <param name="ReadAt">When it was last read, by the wall clock; null when never.</param>
public sealed record SloRow(
    string Key, string Title, string Service, string? Owner, string Group, HealthStatus Status, string Word, double? Share, string Left,
    string Room, string Pace, string Promise, Trend Trend, string? Doubt, DateTimeOffset? ReadAt)
{
    /// <summary>The line of an objective.</summary>
    public static SloRow Of(ObjectiveState state, ObjectivesState all)
    {
        var (status, word) = ObjectiveStanding.Of(state);
        var known = status is not (HealthStatus.Unknown or HealthStatus.NotConfigured);
        var budget = state.Assessment.Raw;
        var (left, _) = SloText.Room(state.Facts, budget);
        return new SloRow(
            state.Key, state.Facts.Title, state.Facts.ServiceTitle, state.Facts.Slo.Owner, state.Facts.Group ?? "Other", status, word,
            known ? budget.RemainingShare : null,
            !known ? FigureText.None : budget.Target.Value >= 1 ? left : SloFigures.Left(budget.RemainingShare),
            !known || budget.Target.Value >= 1 ? "" : left,
            known ? SloText.Pace(state) : FigureText.None,
            SloText.Promise(state.Facts),
            new Trend([.. state.Trend.Select(point => (double?)Math.Max(point.Remaining, -1))], null),
            SloText.Doubt(state), WallTime(state.ReadAt, all));
    }

    /// <summary>An instant of what is measured, by the wall clock: a simulated estate that is sped up runs ahead of it.</summary>
    public static DateTimeOffset? WallTime(DateTimeOffset? at, ObjectivesState all) =>
        at is { } instant && all.SampledAt is { } sampled ? sampled - (all.At - instant) : null;

    /// <summary>An instant of the wall clock on the time line of what is measured; the way back of <see cref="WallTime"/>.</summary>
    public static DateTimeOffset MeasuredTime(DateTimeOffset instant, ObjectivesState all) => all.SampledAt is { } sampled ? all.At - (sampled - instant) : instant;
}

/// <summary>Lines under one heading.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Rows">The lines, worst first.</param>
public sealed record SloSection(string Title, ImmutableArray<SloRow> Rows)
{
    /// <summary>
    /// What needs a look first, whatever its kind; then the rest, the least budget first, or by kind, the kind with the least budget first; then what
    /// cannot be told.
    /// </summary>
    public static ImmutableArray<SloSection> Arrange(IEnumerable<SloRow> rows, bool byKind = false)
    {
        var all = rows.ToList();
        var sections = ImmutableArray.CreateBuilder<SloSection>();
        Add("Needs a look", all.Where(row => row.Status is HealthStatus.Bad or HealthStatus.Warn)
            .OrderByDescending(row => row.Status).ThenBy(row => row.Share));
        foreach (var group in all.Where(row => row.Status == HealthStatus.Good).GroupBy(row => byKind ? row.Group : "Holding").OrderBy(group => group.Min(row => row.Share)).ThenBy(group => group.Key, StringComparer.Ordinal))
            Add(group.Key, group.OrderBy(row => row.Share));
        Add("Cannot be told", all.Where(row => row.Status is HealthStatus.Unknown or HealthStatus.NotConfigured).OrderBy(row => row.Title, StringComparer.Ordinal));
        return sections.ToImmutable();

        void Add(string title, IEnumerable<SloRow> members)
        {
            ImmutableArray<SloRow> found = [.. members];
            if (!found.IsEmpty) sections.Add(new SloSection(title, found));
        }
    }
}
