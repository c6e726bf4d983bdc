using Cockpit.Domain.Slo;

namespace Cockpit.Domain.Impact;

/// <summary>A stretch in which a share of the traffic was not served.</summary>
/// <param name="Period">From when to when; one that goes on ends now.</param>
/// <param name="AffectedTraffic">Share of all traffic that was not served, in [0, 1].</param>
/// <param name="IsOngoing">True when it has not ended.</param>
/// <param name="Cause">What to call it, for example an incident's id.</param>
public sealed record Outage(Period Period, Ratio AffectedTraffic, bool IsOngoing, string Cause)
{
    /// <summary>Its length had it hit everybody: length × affected share.</summary>
    public TimeSpan FullDowntime => Period.Length * AffectedTraffic.Value;
}
