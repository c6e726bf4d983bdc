using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Connectors.Embedded;

/// <summary>
/// Thirty plausible days before the simulated estate began: the day's rhythm, everyday failures and six troubles, all told by seed and time, so that
/// the same arguments give the same past. No trouble lies in the last four days: a first start is calm.
/// </summary>
internal sealed class ImaginedPast(ulong seed) : ISimulatedPast
{
    private const double NightShare = 0.25;
    private const double MeanLoad = NightShare + ((1 - NightShare) / 2);
    private const double BusiestHour = 14.5;
    private const double RarestPerSecond = 0.02;

    private static readonly TimeSpan Fine = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Coarse = TimeSpan.FromMinutes(15);

    /// <summary>Days before now, minutes, and the share of bad events it causes, by service; a threshold is broken where the share is above a third.</summary>
    private static readonly Trouble[] Troubles =
    [
        new(4.6, 7, ("redis", 0.9), ("user", 0.18), ("market-data", 0.15), ("trading", 0.12), ("risk-engine", 0.22), ("api-gateway", 0.1), ("platform", 0.1)),
        new(9.2, 38, ("postgres", 0.6), ("analytics", 0.12), ("risk-engine", 0.05), ("user", 0.01)),
        new(13.4, 95, ("analytics", 0.35), ("api-gateway", 0.002), ("platform", 0.002)),
        new(17.8, 26, ("data-adapter", 1), ("market-data", 0.02), ("platform", 0.004)),
        new(22.1, 55, ("websocket-manager", 0.4)),
        new(26.5, 3, ("api-gateway", 0.5), ("platform", 0.5), ("trading", 0.5), ("user", 0.5), ("market-data", 0.5)),
    ];

    public IEnumerable<SimulatedSample> Of(ObjectiveFacts objective, EverydayTraffic? everyday, DateTimeOffset from, DateTimeOffset to, bool withIncidents)
    {
        var budget = 1 - objective.Objective.Target.Value;
        var bad = Math.Clamp(everyday?.BadShare ?? 0, 0.04 * budget, 0.3 * budget);
        var peak = everyday is { } seen ? seen.PerSecond / LoadAt(seen.SeenAt) : RarestPerSecond;
        var damping = withIncidents ? Damping(objective, budget, to) : 0;
        var fineFrom = to - SeriesPlan.FineReach;
        var noise = Hash(objective.Key);
        var troubles = Array.FindAll(Troubles, trouble => damping > 0 && trouble.ShareFor(objective) > 0);
        for (var at = from; at < to;)
        {
            var step = at < fineFrom ? Coarse : Fine;
            if (at + step > to) step = to - at;
            var rough = Roughness(noise, at);
            var badShare = objective.Indicator is Indicator.EventRatio ? bad * (0.4 + (1.2 * rough)) : 0;
            foreach (var trouble in troubles) badShare += damping * trouble.Share(objective, to, at, step);
            yield return Sample(objective, noise, at, step, Math.Min(1, badShare), peak * LoadAt(at) * (0.94 + (0.12 * rough)));
            at += step;
        }
    }

    public double UsersAt(DateTimeOffset at, double usersNow, DateTimeOffset now) =>
        Math.Round(usersNow / LoadAt(now) * LoadAt(at) * (0.96 + (0.08 * Roughness(Hash("users"), at))));

    private static SimulatedSample Sample(ObjectiveFacts objective, ulong noise, DateTimeOffset at, TimeSpan step, double badShare, double perSecond)
    {
        if (objective.Slo.Method == BudgetingMethod.Occurrences && objective.Indicator is Indicator.EventRatio)
        {
            var total = Math.Round(perSecond * step.TotalSeconds);
            // Whole events: the fraction of a bad one is rolled, so that rare failures stay rare and do not vanish.
            var bad = Math.Floor((total * badShare) + Roughness(noise + 1, at));
            return new SimulatedSample(at, Math.Max(0, total - bad), total);
        }

        var slices = Math.Max(1, Math.Round(step / (objective.Objective.TimeSliceWindow ?? Fine)));
        return new SimulatedSample(at, slices - Math.Min(slices, Math.Round(slices * badShare)), slices);
    }

    /// <summary>
    /// Softens the troubles so that what they cost an objective fits a plausible month: with everyday failures on top, no budget is overspent. A
    /// minute of a busy hour costs a budget of requests more than one of the night.
    /// </summary>
    private static double Damping(ObjectiveFacts objective, double budget, DateTimeOffset now)
    {
        if (budget <= 0) return 0;
        var countsRequests = objective.Slo.Method == BudgetingMethod.Occurrences && objective.Indicator is Indicator.EventRatio;
        var planned = Troubles.Sum(trouble => trouble.Minutes * trouble.ShareFor(objective) * (countsRequests ? LoadAt(trouble.MiddleBefore(now)) / MeanLoad : 1))
            / (budget * 30 * 24 * 60);
        var most = objective.IsCritical ? 0.4 : 0.6;
        return planned > most ? most / planned : 1;
    }

    private static double LoadAt(DateTimeOffset at)
    {
        var hours = at.UtcDateTime.TimeOfDay.TotalHours - BusiestHour;
        return NightShare + ((1 - NightShare) * 0.5 * (1 + Math.Cos(hours * Math.PI / 12)));
    }

    /// <summary>A number in [0, 1) that only the purpose and the minute decide (SplitMix64).</summary>
    private static double Roughness(ulong purpose, DateTimeOffset at)
    {
        var mixed = purpose + ((ulong)(at.UtcTicks / TimeSpan.TicksPerMinute) * 0x9E3779B97F4A7C15UL);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    private ulong Hash(string text)
    {
        var hash = 14695981039346656037UL ^ seed;
        foreach (var letter in text) hash = (hash ^ letter) * 1099511628211UL;
        return hash;
    }

    private sealed class Trouble(double daysAgo, double minutes, params (string Service, double Share)[] services)
    {
        public double Minutes => minutes;

        public DateTimeOffset MiddleBefore(DateTimeOffset now) => now.AddDays(-daysAgo).AddMinutes(minutes / 2);

        public double ShareFor(ObjectiveFacts objective)
        {
            var named = Array.Find(services, service => service.Service == objective.Slo.Service).Share;
            if (objective.Indicator is Indicator.EventRatio) return IsOfChecks(objective) ? 0 : named;
            return named >= 0.33 ? 1 : 0;
        }

        /// <summary>Its share of bad events within a step.</summary>
        public double Share(ObjectiveFacts objective, DateTimeOffset now, DateTimeOffset at, TimeSpan step)
        {
            var start = now - TimeSpan.FromDays(daysAgo);
            var end = start + TimeSpan.FromMinutes(minutes);
            if (end <= at || start >= at + step) return 0;
            var shared = (end < at + step ? end : at + step) - (start > at ? start : at);
            return ShareFor(objective) * (shared / step);
        }

        private static bool IsOfChecks(ObjectiveFacts objective) =>
            objective.Indicator is Indicator.EventRatio { TotalQuery: var query } && query.StartsWith("data_quality", StringComparison.Ordinal);
    }
}
