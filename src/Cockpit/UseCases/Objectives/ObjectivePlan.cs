using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>What is measured and judged, as the catalog says.</summary>
/// <param name="Objectives">Each objective.</param>
/// <param name="Rules">Each rule that may call somebody.</param>
/// <param name="Impact">How downtime becomes money; null when the catalog does not say.</param>
/// <param name="UsersQuery">Yields the people active now; null when the catalog names no such figure.</param>
public sealed record ObjectivePlan(
    ImmutableArray<ObjectiveFacts> Objectives, ImmutableArray<PlannedRule> Rules, ImpactPlan? Impact, string? UsersQuery);

/// <summary>A rule and what to ask for it.</summary>
/// <param name="Rule">The rule. Its condition is set when <paramref name="Query"/> is its expression without the bound.</param>
/// <param name="Query">What is asked.</param>
public sealed record PlannedRule(AlertRule Rule, string Query);

/// <summary>How downtime becomes money.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="RevenuePerMinute">Revenue of a minute in trading hours; positive.</param>
/// <param name="Trading">When that revenue is made.</param>
/// <param name="OutsideShare">Share of it made a minute outside those hours, in [0, 1].</param>
/// <param name="Recovered">Share of refused business that comes back, in [0, 1].</param>
/// <param name="Services">What stands on each service.</param>
/// <param name="Assumptions">What is assumed, as sentences.</param>
public sealed record ImpactPlan(
    string Currency, decimal RevenuePerMinute, TradingHours Trading, double OutsideShare, Ratio Recovered,
    ImmutableArray<EarningService> Services, ImmutableArray<string> Assumptions);

/// <summary>Hours in which business is done.</summary>
public sealed record TradingHours(ImmutableArray<DayOfWeek> Days, TimeOnly From, TimeOnly Until, TimeZoneInfo Zone)
{
    /// <summary>True when the instant lies in them.</summary>
    public bool Contains(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone);
        var time = TimeOnly.FromDateTime(local.DateTime);
        return Days.Contains(local.DayOfWeek) && From <= time && time < Until;
    }
}

/// <summary>A service on which a share of the revenue stands.</summary>
/// <param name="Service">Its id.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Share">Share of the revenue lost while every request fails, in [0, 1].</param>
/// <param name="AvailabilityKey">The objective that tells its failing share; null when there is none.</param>
public sealed record EarningService(string Service, string Title, double Share, string? AvailabilityKey);
