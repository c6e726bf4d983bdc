using Cockpit.Domain.Alerts;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Components.Slo;

/// <summary>The first sentences of the list of objectives.</summary>
public static class SloListText
{
    /// <summary>What is true of all objectives together.</summary>
    public static string Lead(ObjectivesState state)
    {
        if (state.Objectives.IsEmpty) return state.SampledAt is null ? "Waiting for the first measurements…" : "The catalog names no objective.";
        if (state.Month?.Compliance is not { } month || month.Met.Length + month.Missed.Length == 0)
            return $"None of {Counted(state.Objectives.Length)} can be judged yet.";
        var evaluated = month.Met.Length + month.Missed.Length;
        var hold = month.Missed.IsEmpty
            ? evaluated == 1 ? "The one objective holds this month" : $"All {evaluated} objectives hold this month"
            : $"{month.Met.Length} of {Counted(evaluated)} hold this month";
        return $"{hold}; {Danger(state)}.";
    }

    /// <summary>What stands behind the first sentence: what could not be judged, and whether the past is whole.</summary>
    public static string? Detail(ObjectivesState state)
    {
        var sentences = new List<string>();
        if (state.Month?.Compliance.Unevaluated is { Length: > 0 and var count })
            sentences.Add($"{Capital(SloFigures.Word(count))} cannot be judged and {(count == 1 ? "counts" : "count")} neither way.");
        if (state.History is { Backfilling: true } history)
            sentences.Add($"The past is still being fetched ({history.Filled} of {history.ToFill}); figures grow as it arrives.");
        if (state.History.Failure is { } failure) sentences.Add($"Some of the past is missing: {failure.TrimEnd('.')}.");
        if (state.History.SimulatedUntil is { } until)
            sentences.Add($"Everything before {SloFigures.Day(until)} {until.UtcDateTime:HH:mm} UTC is simulated history.");
        return sentences.Count == 0 ? null : string.Join(' ', sentences);
    }

    private static string Danger(ObjectivesState state)
    {
        var known = state.Objectives.Where(objective => objective.IsKnown).ToList();
        var burning = known.Where(objective => objective is { IsFiring: true, Alert.Severity: Severity.P1 }).ToList();
        if (burning.Count > 0)
        {
            var worst = burning.MaxBy(objective => objective.Alert!.Long.Value ?? 0)!;
            var rest = burning.Count == 1 ? "" : $", and {SloFigures.Word(burning.Count - 1)} more {(burning.Count == 2 ? "burns" : "burn")}";
            return $"{SloText.Burns($"“{worst.Facts.Title}” burns its budget", worst.Alert!.Long.Value)}{rest}";
        }

        var ending = known
            .Select(objective => (objective.Facts.Title, End: objective.Assessment.Exhaustion as Exhaustion.Expected))
            .Where(each => each.End is not null).OrderBy(each => each.End!.In).FirstOrDefault();
        var spent = known.Count(objective => objective.Assessment.Raw.State == BudgetState.Exhausted);
        if (ending.End is { } end && end.In < TimeSpan.FromDays(14)) return $"the budget of “{ending.Title}” lasts {SloFigures.Lasts(end.In)} at this pace";
        var scarce = known.Where(objective => objective.Assessment.Raw.RemainingShare < ObjectiveStanding.LittleLeft).ToList();
        return spent switch
        {
            0 when scarce.Count == 0 => "no budget is in danger",
            0 when scarce.Count == 1 => $"the budget of “{scarce[0].Facts.Title}” has little left",
            0 => $"{SloFigures.Word(scarce.Count)} budgets have little left",
            1 => $"the budget of “{known.First(objective => objective.Assessment.Raw.State == BudgetState.Exhausted).Facts.Title}” is spent",
            _ => $"{SloFigures.Word(spent)} budgets are spent",
        };
    }

    private static string Counted(int objectives) => objectives == 1 ? "one objective" : $"{objectives} objectives";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
