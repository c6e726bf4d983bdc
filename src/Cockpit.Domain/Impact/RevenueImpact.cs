using System.Collections.Immutable;
using Cockpit.Domain.Slo;

namespace Cockpit.Domain.Impact;

/// <summary>What downtime cost and what it is costing.</summary>
/// <remarks>
/// Lost = revenue an hour × (1 − recovered) × Σ (length in hours × affected share). Where outages overlap, the larger share counts, once.
/// At risk = revenue an hour × the largest share that is
/// affected right now: what each further hour puts in question, before anything comes back.
/// </remarks>
/// <param name="Lost">Cost of what has happened within the period, rounded to cents; at least zero.</param>
/// <param name="AtRiskPerHour">Revenue an hour that is in question now, rounded to cents; zero when nothing is down.</param>
/// <param name="Downtime">Time for which everybody would have had to be without service to lose as much.</param>
/// <param name="Affected">Share of traffic affected now.</param>
/// <param name="Period">The period looked at.</param>
/// <param name="Assumptions">What it was computed from.</param>
public sealed record RevenueImpact(
    decimal Lost, decimal AtRiskPerHour, TimeSpan Downtime, Ratio Affected, Period Period, ImpactAssumptions Assumptions)
{
    /// <summary>Computes the impact of the outages that touch a period, up to now.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The revenue is negative.</exception>
    public static RevenueImpact Of(ImmutableArray<Outage> outages, Period period, ImpactAssumptions assumptions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(assumptions.RevenuePerHour, nameof(assumptions));
        var downtime = FullDowntime(outages, period);
        var affected = outages.Where(outage => outage.IsOngoing).Select(outage => outage.AffectedTraffic).DefaultIfEmpty(Ratio.Zero).Max();
        var lost = assumptions.RevenuePerHour * (decimal)assumptions.Recovered.Complement.Value * ((decimal)downtime.Ticks / TimeSpan.TicksPerHour);
        return new RevenueImpact(Cents(lost), Cents(assumptions.RevenuePerHour * (decimal)affected.Value), downtime, affected, period, assumptions);
    }

    private static TimeSpan FullDowntime(ImmutableArray<Outage> outages, Period period)
    {
        var within = outages
            .Select(outage => (Part: outage.Period.Intersect(period), Share: outage.AffectedTraffic.Value))
            .Where(each => each.Part is not null)
            .Select(each => (Part: each.Part!.Value, each.Share)).ToList();
        var edges = within.SelectMany(each => new[] { each.Part.StartAt, each.Part.EndAt }).Distinct().Order().ToList();
        var sum = TimeSpan.Zero;
        for (var i = 0; i + 1 < edges.Count; i++)
        {
            var at = edges[i];
            sum += (edges[i + 1] - at) * within.Where(each => each.Part.Contains(at)).Select(each => each.Share).DefaultIfEmpty(0).Max();
        }

        return sum;
    }

    private static decimal Cents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);
}
