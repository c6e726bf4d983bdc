using System.Globalization;
using Cockpit.Domain.Cards;

namespace Cockpit.Components.Cards;

/// <summary>How far a figure has come on a scale that has its threshold in the upper half; as CSS percentages.</summary>
/// <param name="Fill">Width of the bar.</param>
/// <param name="Mark">Place of the threshold.</param>
public sealed record MeterText(string Fill, string Mark)
{
    private const double Headroom = 1.4;

    /// <summary>The meter of a condition; null where there is no figure or no scale, such as a threshold of zero.</summary>
    public static MeterText? Of(ConditionState state)
    {
        if (state is not { Condition: SignalCondition condition, Signal.Value: { } value } || condition.Threshold <= 0) return null;
        var (low, high) = condition is { Unit: FigureUnit.Ratio, Threshold: > 0.9 } ? (0.95, 1.0) : (0, condition.Threshold * Headroom);
        return new MeterText(Percent((value - low) / (high - low)), Percent((condition.Threshold - low) / (high - low)));
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(share, 0, 1) * 100:0.#}%");
}
