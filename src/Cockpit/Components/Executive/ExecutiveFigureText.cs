using Cockpit.Components.Slo;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Components.Executive;

/// <summary>Words beside the four figures.</summary>
public static class ExecutiveFigureText
{
    /// <summary>Active users, and what is usual.</summary>
    public static (double? Active, string Number, string Note) Users(UserFigures users) => users.Active is { } active
        ? (active, FigureText.Write(active, FigureUnit.Count),
            users.Usual is { } usual ? $"usual for this hour: {FigureText.Write(usual, FigureUnit.Count)}" : "what is usual for this hour is not known yet")
        : (null, FigureText.None, users.UnknownBecause ?? "not known");

    /// <summary>Money at risk a minute, and by what; null where it cannot be told.</summary>
    public static (string? Money, string Note) RiskNow(RevenueFigures revenue)
    {
        if (!revenue.IsToldNow) return (null, "no service's availability can be told now");
        var silent = revenue.NotMeasured.Length switch
        {
            0 => "",
            1 => $"; {revenue.NotMeasured[0]} cannot be told",
            var several => $"; {SloFigures.Word(several)} services cannot be told",
        };
        var cause = revenue.Cause is null ? "nothing is down" : $"{FigureText.Write(revenue.Affected.Value, FigureUnit.Ratio)} of business, by {revenue.Cause}";
        return (Money.Write(revenue.AtRiskPerMinute, revenue.Currency), cause + silent);
    }

    /// <summary>Money lost this month, and by how much downtime; null where nothing was counted.</summary>
    public static (string? Money, string Note) LostSoFar(RevenueFigures revenue) => revenue.IsToldThisMonth
        ? (Money.Write(revenue.LostThisMonth, revenue.Currency), Downtime(revenue))
        : (null, "nothing was counted this month");

    /// <summary>Downtime and the number of outages.</summary>
    public static string Downtime(RevenueFigures revenue) => revenue.Outages.IsEmpty
        ? "no outage this month"
        : $"{SloFigures.Time(revenue.Downtime)} of downtime, {SloFigures.Counted(revenue.Outages.Length, "outage")}";

    /// <summary>How the money at risk comes about, with the numbers put in.</summary>
    public static string AtRisk(RevenueFigures revenue) =>
        $"At risk: {FigureText.Write(revenue.Affected.Value, FigureUnit.Ratio)} of the business affected × {Money.Write(revenue.RevenuePerMinute, revenue.Currency)} "
        + $"that a minute like this one brings = {Money.Write(revenue.AtRiskPerMinute, revenue.Currency)} a minute, before anything comes back.";

    /// <summary>How the money lost comes about.</summary>
    public static string Lost(RevenueFigures revenue) => revenue.Outages.IsEmpty
        ? "Lost: nothing was down this month."
        : $"Lost: {SloFigures.Counted(revenue.Outages.Length, "outage")} that together weigh {SloFigures.Time(revenue.Downtime)} of everything down, less what comes back later.";

    /// <summary>Promises kept of those judged, with the platform's availability beside.</summary>
    public static string Compliance(MonthState month)
    {
        var (met, missed) = (month.Compliance.Met.Length, month.Compliance.Missed.Length);
        var kept = met + missed == 0 ? "none can be judged yet" : $"{met} of {met + missed}";
        return month.PlatformAvailability switch
        {
            null => kept,
            { UnknownBecause: { } why } => $"{kept} · availability unknown: {why}",
            { Share: { } share } availability => $"{kept} · available {SloFigures.Reached(share)} of {SloFigures.Target(availability.Target)} promised",
            _ => $"{kept} · no requests this month",
        };
    }

    /// <summary>What was missed and what could not be judged, in numbers.</summary>
    public static string Others(MonthState month)
    {
        var (missed, unevaluated) = (month.Compliance.Missed.Length, month.Compliance.Unevaluated.Length);
        return (missed, unevaluated) switch
        {
            (0, _) => $"{unevaluated} not judged",
            (_, 0) => $"{missed} missed",
            _ => $"{missed} missed, {unevaluated} not judged",
        };
    }

    /// <summary>The share kept, day by day.</summary>
    public static Trend Trend(MonthState month) => new([.. month.Trend.Select(point => (double?)point.Share.Value)], null);
}
