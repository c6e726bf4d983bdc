using System.Collections.Immutable;
using Cockpit.Domain.Alerts;

namespace Cockpit.Domain.Incidents;

/// <summary>What an incident came to, once it was over.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Severity">How urgent it was.</param>
/// <param name="StartedAt">When the trouble began.</param>
/// <param name="OpenedAt">When it was noticed.</param>
/// <param name="AcknowledgedAt">When somebody took it; null when nobody did.</param>
/// <param name="MitigatedAt">When users stopped feeling it; null when nobody said so.</param>
/// <param name="ResolvedAt">When it was over; null while open.</param>
/// <param name="Pages">How many people were paged, counted once each time.</param>
/// <param name="IsMerged">True when it went on in another, and so is not counted.</param>
public sealed record IncidentOutcome(
    string Id, Severity Severity, DateTimeOffset StartedAt, DateTimeOffset OpenedAt, DateTimeOffset? AcknowledgedAt, DateTimeOffset? MitigatedAt,
    DateTimeOffset? ResolvedAt, int Pages, bool IsMerged)
{
    /// <summary>From the beginning until it was noticed.</summary>
    public TimeSpan ToDetect => OpenedAt - StartedAt;

    /// <summary>From being noticed until somebody took it.</summary>
    public TimeSpan? ToAcknowledge => AcknowledgedAt - OpenedAt;

    /// <summary>From being noticed until users stopped feeling it.</summary>
    public TimeSpan? ToMitigate => (MitigatedAt ?? ResolvedAt) - OpenedAt;

    /// <summary>From being noticed until it was over.</summary>
    public TimeSpan? ToResolve => ResolvedAt - OpenedAt;

    /// <summary>What an incident came to so far.</summary>
    public static IncidentOutcome Of(Incident incident) => new(
        incident.Id, incident.Severity, incident.StartedAt, incident.OpenedAt, incident.FirstAcknowledgedAt, incident.MitigatedAt,
        incident.ResolvedAt, incident.Pages.Length, incident.State == IncidentState.Merged);
}

/// <summary>The incidents of one calendar month (UTC) in figures. Medians: one endless night must not hide thirty quick ones.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="Count">Incidents that were opened in it.</param>
/// <param name="P1">Those of them that were P1.</param>
/// <param name="Pages">Pages that they caused.</param>
/// <param name="ToDetect">Median; null without any.</param>
/// <param name="ToAcknowledge">Median of those that somebody took; null without any.</param>
/// <param name="ToMitigate">Median; null without any.</param>
/// <param name="ToResolve">Median; null without any.</param>
public sealed record MonthOfIncidents(
    DateOnly Month, int Count, int P1, int Pages, TimeSpan? ToDetect, TimeSpan? ToAcknowledge, TimeSpan? ToMitigate, TimeSpan? ToResolve)
{
    /// <summary>Every month with an incident, the newest first.</summary>
    public static ImmutableArray<MonthOfIncidents> Of(IEnumerable<IncidentOutcome> outcomes) =>
    [
        .. outcomes.Where(outcome => !outcome.IsMerged)
            .GroupBy(outcome => new DateOnly(outcome.OpenedAt.UtcDateTime.Year, outcome.OpenedAt.UtcDateTime.Month, 1))
            .OrderByDescending(month => month.Key)
            .Select(month => new MonthOfIncidents(
                month.Key, month.Count(), month.Count(outcome => outcome.Severity == Severity.P1), month.Sum(outcome => outcome.Pages),
                Median(month.Select(outcome => (TimeSpan?)outcome.ToDetect)), Median(month.Select(outcome => outcome.ToAcknowledge)),
                Median(month.Select(outcome => outcome.ToMitigate)), Median(month.Select(outcome => outcome.ToResolve)))),
    ];

    private static TimeSpan? Median(IEnumerable<TimeSpan?> spans)
    {
        var sorted = spans.OfType<TimeSpan>().Order().ToList();
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
