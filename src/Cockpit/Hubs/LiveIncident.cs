using Cockpit.UseCases.Incidents;

namespace Cockpit.Hubs;

/// <summary>An incident. Sections <c>incident/{id}</c>.</summary>
/// <param name="Title">What is wrong.</param>
/// <param name="Severity"><c>P1</c> to <c>P4</c>.</param>
/// <param name="State">triggered, acknowledged, mitigated, resolved, reviewed or merged.</param>
/// <param name="Word">The state as a person says it.</param>
/// <param name="OpenedAt">Milliseconds since 1970.</param>
/// <param name="Firing">Alerts that fire.</param>
/// <param name="Alerts">Alerts that belong to it.</param>
/// <param name="Level">Highest level that was paged.</param>
/// <param name="NextPageAt">When silence pages next, milliseconds since 1970; null when it will not.</param>
/// <param name="NextPage">Whom; null when nobody.</param>
/// <param name="Version">Grows with everything that happens to it.</param>
public sealed record LiveIncident(
    string Title, string Severity, string State, string Word, long OpenedAt, int Firing, int Alerts, int Level, long? NextPageAt, string? NextPage,
    int Version)
{
    public static LiveIncident Of(IncidentStanding standing)
    {
        var incident = standing.Incident;
        return new LiveIncident(
            incident.Title, incident.Severity.ToString(), incident.State.ToString().ToLowerInvariant(), incident.StateText,
            incident.OpenedAt.ToUnixTimeMilliseconds(), incident.Firing, incident.Alerts.Count, incident.Level,
            standing.Next?.At.ToUnixTimeMilliseconds(), standing.Next is { } next ? next.Person ?? next.Role : null, incident.Timeline.Length);
    }
}
