using System.Collections.Immutable;
using Cockpit.Components.Slo;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Components.Executive;

/// <summary>What the state of the promises suggests to decide. Advice in words: nothing is done by it.</summary>
public static class Decisions
{
    private static readonly TimeSpan Near = TimeSpan.FromDays(14);

    /// <summary>The advice, the most urgent first; never empty once something was measured.</summary>
    public static ImmutableArray<string> Of(ObjectivesState state)
    {
        var critical = PromiseLine.Critical(state).ToList();
        if (critical.Count == 0) return [];
        var advice = ImmutableArray.CreateBuilder<string>();
        if (state.Executive.Revenue is { AtRiskPerMinute: > 0 } revenue)
            advice.Add($"Repair first: every ten minutes like this put about {Money.Write(revenue.AtRiskPerMinute * 10, revenue.Currency)} in question.");

        var known = critical.Where(objective => objective.IsKnown && objective.Assessment.Raw.State != BudgetState.NoTraffic).ToList();
        var spent = known.Where(objective => objective.Assessment.Raw.State == BudgetState.Exhausted).ToList();
        var ending = known.Except(spent)
            .Select(objective => (Objective: objective, End: objective.Assessment.Exhaustion as Exhaustion.Expected))
            .Where(each => each.End is not null && each.End.In < Near && Lasts(each.Objective)).OrderBy(each => each.End!.In).ToList();
        var tight = known.Except(spent).Except(ending.Select(each => each.Objective))
            .Where(objective => objective.Assessment.Raw.RemainingShare < ObjectiveStanding.LittleLeft).ToList();
        var held = spent.Concat(ending.Select(each => each.Objective)).Select(Name).Distinct().ToList();
        var careful = tight.Select(Name).Distinct().Except(held).ToList();
        var whole = state.Month?.PlatformAvailability is { } availability ? known.FirstOrDefault(objective => objective.Key == availability.Key) : null;

        if (whole is not null && (held.Contains(Name(whole)) || careful.Contains(Name(whole))))
            advice.Add("Ship only what must go out: the platform's own promise is short of room.");
        else if (held.Count > 0 && known.Select(Name).Except(held).Any())
            advice.Add($"Keep shipping, except {Joined(held)}.");
        else if (held.Count == 0 && careful.Count > 0)
            return [.. advice, $"Keep shipping, but go carefully with {Joined(careful)}: little room is left.", .. Unseen()];
        else if (held.Count == 0 && known.Count > 0)
            advice.Add(known.All(objective => objective.Assessment.Raw.RemainingShare > 0.8)
                ? "Keep shipping: hardly any room is used, there is some for bolder changes."
                : "Keep shipping: every promise has room at this pace.");

        if (spent.Count > 0)
        {
            var names = spent.Select(Name).Distinct().ToList();
            advice.Add($"Hold changes to {Joined(names)} that are not repairs: {(names.Count == 1 ? "its room is" : "their room is")} used up.");
        }

        foreach (var (objective, end) in ending.DistinctBy(each => Name(each.Objective)).Where(each => !spent.Select(Name).Contains(Name(each.Objective))))
            advice.Add($"Slow the changes to {Name(objective)}: its room lasts {SloFigures.Lasts(end!.In)} at this pace.");

        if (careful.Count > 0)
            advice.Add($"Go carefully with {Joined(careful)}: little room is left.");

        return [.. advice, .. Unseen()];

        IEnumerable<string> Unseen()
        {
            var unseen = critical.Except(known).Select(Name).Distinct().ToList();
            if (unseen.Count > 0)
                yield return $"Get the measurements of {Joined(unseen)} back: until then nobody can say whether {(unseen.Count == 1 ? "its promise holds" : "their promises hold")}.";
        }

        string Name(ObjectiveState objective) => PromiseLine.Name(objective, state);
    }

    /// <summary>One bad hour decides nothing: the burn must also show over a day, where the window is long enough to be watched so.</summary>
    private static bool Lasts(ObjectiveState objective)
    {
        var slow = objective.Assessment.Burns.Where(burn => burn.Tier.LongWindow >= TimeSpan.FromDays(1)).ToList();
        return objective.IsFiring || slow.Count == 0 || slow.Any(burn => burn.Long.Exceeds(1));
    }

    private static string Joined(List<string> names) => names switch
    {
        [var only] => only,
        [.. var first, var last] when names.Count <= 4 => $"{string.Join(", ", first)} and {last}",
        _ => $"{string.Join(", ", names.Take(3))} and {SloFigures.Word(names.Count - 3)} more",
    };
}
