using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Components.Slo;

/// <summary>How an objective stands, in words. Budgets are spoken of raw; where planned maintenance is taken out, that is said beside.</summary>
public static class SloText
{
    /// <summary>Why nothing is said of it, as a sentence; null when something is.</summary>
    public static string? Doubt(ObjectiveState state)
    {
        if (state.Facts.UnmeasurableBecause is { } why) return Sentence(why);
        if (state.Assessment.UnknownBecause is { } unknown) return Sentence(unknown);
        return state.Assessment.Raw.State == BudgetState.NoTraffic ? "Nothing was counted, so it can be called neither met nor missed." : null;
    }

    /// <summary>What is left, in the objective's own measure: time for availability and time slices, events where events are promised.</summary>
    public static (string Left, string Of) Room(ObjectiveFacts facts, ErrorBudget budget)
    {
        if (budget.Target.Value >= 1) return (budget.ConsumedEvents > 0 ? "missed" : "untouched", "nothing may fail");
        if (!CountsEvents(facts)) return (SloFigures.Time(budget.RemainingTime), $"of {SloFigures.Time(budget.AllowedTime)}");
        var noun = EventNoun(facts);
        return ($"{SloFigures.Count(budget.RemainingEvents)} {noun}", $"of {SloFigures.Count(budget.AllowedEvents)}");
    }

    /// <summary>True when the promise speaks of requests rather than of time: latency.</summary>
    public static bool CountsEvents(ObjectiveFacts facts) =>
        facts.Slo.Method == BudgetingMethod.Occurrences && facts.Indicator is Indicator.EventRatio { P95Query: not null };

    /// <summary>What is counted: requests or slices.</summary>
    public static string EventNoun(ObjectiveFacts facts) => facts.Slo.Method == BudgetingMethod.Occurrences
        ? facts.Indicator is Indicator.Threshold ? "looks" : "requests"
        : "slices";

    /// <summary>The promise: 99.95 % over 30 days.</summary>
    public static string Promise(ObjectiveFacts facts) => $"{SloFigures.Target(facts.Objective.Target)} over {SloFigures.Window(facts.Slo.Window)}";

    /// <summary>How fast the budget is being spent now: the worst tier's burn, or the quickest tier's while all are quiet.</summary>
    public static string Pace(ObjectiveState state)
    {
        if (state.Alert is { } alert && alert.Progress.Phase != AlertPhase.Resolved)
            return $"{SloFigures.Burn(alert.Long.Value)} over {SloFigures.Span(alert.Tier.LongWindow)}";
        return state.Assessment.Burns is [var quickest, ..]
            ? quickest.Long.Value is { } burn ? $"{SloFigures.Burn(burn)} over {SloFigures.Span(quickest.Tier.LongWindow)}" : "no traffic"
            : FigureText.None;
    }

    /// <summary>How long the budget lasts, as a sentence.</summary>
    public static string Outlook(ObjectiveState state)
    {
        var now = state.Assessment.AssessedAt;
        var lately = state.Assessment.Burns is [var quickest, ..] ? $"At the pace of the last {SloFigures.Span(quickest.Tier.LongWindow)}" : "At the pace of its period";
        return state.Assessment.Exhaustion switch
        {
            Exhaustion.Already => state.Facts.Slo.Window is SloWindow.Rolling
                ? "Nothing is left until the worst of it is older than the window."
                : $"Nothing is left until the next period begins on {SloFigures.Day(state.Assessment.Raw.Period.EndAt)}.",
            Exhaustion.TooFewEvents few => $"Lately there were {SloFigures.Count(few.Events)} {EventNoun(state.Facts)}, too few to say how long it lasts.",
            Exhaustion.NotAtThisRate { SoonestIn: { } soonest } => $"{lately} it is never used up; if that was luck, it lasts {SloFigures.Lasts(soonest)}.",
            Exhaustion.NotAtThisRate => $"{lately} it is never used up.",
            Exhaustion.Expected expected when expected.SoonestIn < expected.In * 0.9 =>
                $"{lately} it lasts {SloFigures.Lasts(expected.In)}, until {SloFigures.Day(now + expected.In)}; at worst {SloFigures.Lasts(expected.SoonestIn)}.",
            Exhaustion.Expected expected => $"{lately} it lasts {SloFigures.Lasts(expected.In)}, until {SloFigures.Day(now + expected.In)}.",
            _ => "",
        };
    }

    /// <summary>What is true of an objective, as the first sentence of its page.</summary>
    public static string Lead(ObjectiveState state)
    {
        if (state.Facts.UnmeasurableBecause is not null) return "This objective is not measured here.";
        var budget = state.Assessment.Raw;
        var (left, of) = Room(state.Facts, budget);
        var room = budget.Target.Value >= 1
            ? budget.ConsumedEvents > 0 ? "It allows nothing to fail, and something did." : "It allows nothing to fail, and nothing did."
            : budget.State == BudgetState.Exhausted
                ? $"Its budget is spent{(budget.RemainingShare < 0 ? $", {SloFigures.Left(-budget.RemainingShare)} more than there was" : "")}."
                : $"{SloFigures.Left(budget.RemainingShare)} of its budget is left: {left} {of}.";
        if (!state.IsKnown) return budget.Counted.IsEmpty ? "How it stands cannot be told." : $"How it stands cannot be told now. Last known: {Lower(room)}";
        if (budget.State == BudgetState.NoTraffic) return "Nothing was counted in its period: it is neither met nor missed.";
        if (state is { IsFiring: true, Alert: { } alert })
            return $"{Burns("It burns", alert.Long.Value)}. {room}";
        return budget.IsMet == false && budget.State != BudgetState.Exhausted ? $"It misses its target. {room}" : budget.State == BudgetState.Exhausted ? room : $"It holds. {room}";
    }

    /// <summary>That a budget burns too fast, with by how much where that is a number worth saying.</summary>
    public static string Burns(string what, double? burn) => burn is >= 1.5 ? $"{what} {SloFigures.Burn(burn)} too fast" : $"{what} faster than it may";

    /// <summary>A fragment as a sentence.</summary>
    public static string Sentence(string fragment) =>
        fragment.Length == 0 ? "" : char.ToUpperInvariant(fragment[0]) + fragment[1..].TrimEnd('.') + ".";

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
