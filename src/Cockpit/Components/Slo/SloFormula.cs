using System.Collections.Immutable;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Components.Slo;

/// <summary>One step of the computation.</summary>
/// <param name="Label">What it yields.</param>
/// <param name="Formula">How, in words.</param>
/// <param name="Numbers">The same with the figures of now.</param>
public sealed record FormulaStep(string Label, string Formula, string Numbers);

/// <summary>How an objective's figures come about, with the actual numbers put in.</summary>
public static class SloFormula
{
    /// <summary>The steps, in the order in which one follows from another.</summary>
    public static ImmutableArray<FormulaStep> Steps(ObjectiveState state)
    {
        var budget = state.Assessment.Raw;
        var (target, noun) = (budget.Target.Value, SloText.EventNoun(state.Facts));
        if (target >= 1)
        {
            return
            [
                new("May fail", "(1 − target) × window", "(1 − 1) × window = 0: at 100 % there is no budget, the first bad one misses it"),
                new("Did fail", "total − good", $"{SloFigures.Exact(budget.Counted.Total)} − {SloFigures.Exact(budget.Counted.Good)} = {SloFigures.Exact(budget.Counted.Bad)} {noun}"),
            ];
        }

        var allowed = 1 - target;
        var period = budget.Period.Length;
        var steps = ImmutableArray.CreateBuilder<FormulaStep>();
        steps.Add(new("May fail", "(1 − target) × window", $"(1 − {Exact(target)}) × {SloFigures.Minutes(period)} = {SloFigures.Minutes(budget.AllowedTime)}"));
        if (budget.Counted.BadShare is not { } bad)
        {
            steps.Add(new("Did fail", $"bad ÷ all {noun}", $"nothing was counted, so there is no share"));
            return steps.ToImmutable();
        }

        var elapsed = bad.Value > 0 ? budget.ConsumedTime / bad.Value : period;
        steps.Add(new("Did fail", $"bad ÷ all {noun}", $"{SloFigures.Exact(budget.Counted.Bad)} ÷ {SloFigures.Exact(budget.Counted.Total)} = {SloFigures.Share(bad.Value)}"));
        steps.Add(new("That cost", "bad share × time so far", $"{SloFigures.Share(bad.Value)} × {SloFigures.Minutes(elapsed)} = {SloFigures.Minutes(budget.ConsumedTime)}"));
        steps.Add(new("Left", "1 − cost ÷ allowance", $"1 − {SloFigures.Minutes(budget.ConsumedTime)} ÷ {SloFigures.Minutes(budget.AllowedTime)} = {SloFigures.Left(budget.RemainingShare)}"));
        steps.Add(new($"In {noun}", $"(1 − target) × {noun} of the period", $"{Exact(allowed)} × {SloFigures.Exact(budget.AllowedEvents / allowed)} = {SloFigures.Exact(budget.AllowedEvents)} may fail, {SloFigures.Exact(budget.ConsumedEvents)} did"));
        if (state.Assessment.Burns is [var quickest, ..] && quickest.Long.Value is { } burn)
        {
            var window = SloFigures.Span(quickest.Tier.LongWindow);
            steps.Add(new("Burn rate", $"bad share of the last {window} ÷ (1 − target)", $"{SloFigures.Share(burn * allowed)} ÷ {Exact(allowed)} = {SloFigures.Number(burn, 3)}×"));
            if (state.Assessment.Exhaustion is Exhaustion.Expected expected)
                steps.Add(new("Lasts", "share left × window ÷ burn rate", $"{SloFigures.Number(Math.Max(0, budget.RemainingShare), 3)} × {SloFigures.Time(period)} ÷ {SloFigures.Number(burn, 3)} = {SloFigures.Time(expected.In)}"));
        }

        steps.Add(new("Fastest it can burn", "1 ÷ (1 − target)", $"1 ÷ {Exact(allowed)} = {SloFigures.Number(BurnRate.Highest(budget.Target), 5)}×"));
        return steps.ToImmutable();
    }

    /// <summary>What one countable thing is.</summary>
    public static string Counting(ObjectiveFacts facts)
    {
        var slice = facts.Objective.TimeSliceWindow is { } length ? SloFigures.Span(length) : "one sample";
        return facts.Slo.Method switch
        {
            BudgetingMethod.Timeslices when facts.Indicator is Indicator.Threshold => $"Time is cut into slices of {slice}; a slice is good while the figure keeps its bound.",
            BudgetingMethod.Timeslices when facts.Objective.TimeSliceTarget is { } good => $"Time is cut into slices of {slice}; a slice is good when {SloFigures.Target(good)} of its requests are good.",
            BudgetingMethod.Timeslices => $"Time is cut into slices of {slice}.",
            BudgetingMethod.RatioTimeslices => $"Time is cut into slices of {slice}; each weighs the same with its share of good requests, whatever its traffic.",
            _ => facts.Indicator is Indicator.Threshold ? "Each look at the figure counts once; it is good while the figure keeps its bound." : "Each request counts once.",
        };
    }

    /// <summary>Why the first point of the burn-down need not be 100 %.</summary>
    public static string WhyNotFull(ObjectiveHistory history, ObjectiveState state)
    {
        var window = state.Facts.Slo.Window;
        var start = history.Budget is [var first, ..] ? $" Here it starts at {SloFigures.Left(first.Remaining)}." : "";
        var unmeasured = history.FirstSampleAt is { } since && since > history.Period.StartAt
            ? $" Counting began on {SloFigures.Day(since)}; the time before is not measured, which is not the same as good."
            : "";
        var simulated = history.SimulatedUntil is { } until
            ? $" What lies before {SloFigures.Day(until)} {until.UtcDateTime:HH:mm} UTC was simulated, with its share of bad days."
            : "";
        var why = window is SloWindow.Rolling
            ? $"The window is always the last {SloFigures.Window(window)} and moves with the clock: there is no day on which it is filled up. What failed inside it counts until it is older than the window, so a budget comes back as bad hours leave it, not on the first of a month. The line says what was used since the left edge; an edge that falls into a bad hour starts below 100 %."
            : $"This budget is filled up when a {SloFigures.Window(window)} begins, and whatever fails in its first minutes is taken off at once.";
        return why + start + unmeasured + simulated;
    }

    private static string Exact(double value) => SloFigures.Number(value, 8);
}
