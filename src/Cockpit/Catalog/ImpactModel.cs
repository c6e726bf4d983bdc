using System.Collections.Immutable;
using Cockpit.Domain.OnCall;

namespace Cockpit.Catalog;

/// <summary>How downtime and affected traffic become money, with every assumption said.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="RevenuePerMinute">Revenue a minute in trading hours with everything well; positive.</param>
/// <param name="TradingHours">When that revenue is made.</param>
/// <param name="OutsideShare">Share of it that is made a minute outside trading hours, in [0, 1].</param>
/// <param name="Recovered">Share of refused business that comes back later, in [0, 1].</param>
/// <param name="Services">How much of the revenue stands on each service.</param>
/// <param name="Assumptions">The assumptions as sentences for the page.</param>
/// <param name="Ours">What is Cockpit's own choice.</param>
public sealed record ImpactModel(
    string Currency, double RevenuePerMinute, BusinessHours TradingHours, double OutsideShare, double Recovered,
    ImmutableArray<RevenueShare> Services, ImmutableArray<string> Assumptions, string? Ours);

/// <summary>Share of the revenue, in [0, 1], that is lost while every request of the service fails; shares may overlap.</summary>
public sealed record RevenueShare(string Service, double Share, string Reason);
