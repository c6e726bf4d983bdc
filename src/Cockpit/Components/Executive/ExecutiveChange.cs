using Cockpit.Live;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Components.Executive;

/// <summary>When a page that is glanced at is drawn anew: at once when something changes, otherwise every thirty seconds.</summary>
public static class ExecutiveChange
{
    /// <summary>How long figures may stand still while nothing else changes.</summary>
    public static readonly TimeSpan FiguresStandAtMost = TimeSpan.FromSeconds(30);

    /// <summary>True when the next snapshot says something else than the one on screen, or the figures have stood long enough.</summary>
    public static bool IsWorthDrawing(CockpitSnapshot shown, CockpitSnapshot next)
    {
        if (shown.Health is not { } before || next.Health is not { } after) return true;
        return after.At - before.At >= FiguresStandAtMost || Matter(shown) != Matter(next);
    }

    private static string Matter(CockpitSnapshot snapshot)
    {
        var state = snapshot.Objectives;
        var month = state.Month?.Compliance;
        return string.Join('\n',
        [
            snapshot.Health!.Overall.Status.ToString(), ExecutiveText.Headline(snapshot), ExecutiveText.Doing(snapshot),
            $"{month?.Met.Length} {month?.Missed.Length} {month?.Unevaluated.Length}",
            $"{state.Executive.Revenue?.Cause} {state.Executive.Users.UnknownBecause}",
            .. ExecutiveText.Alerts(state).Select(alert => alert.Id),
            .. PromiseLine.Critical(state).Select(objective => $"{objective.Key} {ObjectiveStanding.Of(objective).Word}"),
        ]);
    }
}
