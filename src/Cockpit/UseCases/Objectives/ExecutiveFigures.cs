using System.Collections.Immutable;
using Cockpit.Domain.Impact;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>What executives look at.</summary>
/// <param name="Users">People on the platform.</param>
/// <param name="Revenue">What is at risk and what was lost; null when the catalog says nothing about money.</param>
public sealed record ExecutiveFigures(UserFigures Users, RevenueFigures? Revenue)
{
    /// <summary>Nothing is known yet.</summary>
    public static readonly ExecutiveFigures Unknown = new(new UserFigures(null, null, "not measured yet"), null);
}

/// <summary>People on the platform.</summary>
/// <param name="Active">People active now; null when that is not known.</param>
/// <param name="Usual">People usual at this hour of this weekday; null until at least one such hour has been seen.</param>
/// <param name="UnknownBecause">Why it is not known, as a sentence fragment; null when it is.</param>
public sealed record UserFigures(double? Active, double? Usual, string? UnknownBecause);

/// <summary>Downtime as money.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="AtRiskPerMinute">Revenue a minute in question now, before anything comes back; zero when nothing is down.</param>
/// <param name="LostThisMonth">Revenue lost this month (UTC) after what comes back.</param>
/// <param name="Downtime">Time this month for which everybody would have had to be without service to lose as much business.</param>
/// <param name="Affected">Share of the business affected now.</param>
/// <param name="Cause">The service that costs most now, as a person calls it; null when nothing is down.</param>
/// <param name="RevenuePerMinute">What a minute like this one brings with everything well: lower outside trading hours.</param>
/// <param name="Outages">This month's outages, newest first.</param>
/// <param name="Assumptions">What the figures are computed from, as sentences.</param>
/// <param name="NotMeasured">Services that earn and whose availability cannot be told now, as a person calls them.</param>
public sealed record RevenueFigures(
    string Currency, decimal AtRiskPerMinute, decimal LostThisMonth, TimeSpan Downtime, Ratio Affected, string? Cause,
    decimal RevenuePerMinute, ImmutableArray<Outage> Outages, ImmutableArray<string> Assumptions, ImmutableArray<string> NotMeasured)
{
    /// <summary>False when no service that earns can be told now: then nothing is known to be at risk, which is not the same as nothing.</summary>
    public bool IsToldNow { get; init; } = true;

    /// <summary>False when nothing was counted this month.</summary>
    public bool IsToldThisMonth { get; init; } = true;
}
