using System.Collections.Immutable;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>Compliance of the calendar month so far.</summary>
/// <param name="Compliance">Objectives met, missed and not evaluated, the latter each with its reason.</param>
/// <param name="PlatformAvailability">
/// The platform's availability of the month, by the catalog's availability objective; null when the catalog has none.
/// </param>
/// <param name="Trend">The share of evaluated objectives that were met month to date, at the end of each day and now; oldest first.</param>
public sealed record MonthState(MonthlyCompliance Compliance, MonthAvailability? PlatformAvailability, ImmutableArray<CompliancePoint> Trend);

/// <summary>Availability of a month.</summary>
/// <param name="Key">The objective it is read from.</param>
/// <param name="Share">Good of all requests this month; null when there were none.</param>
/// <param name="Target">The share promised.</param>
/// <param name="UnknownBecause">Why the figure is not to be relied upon, as a sentence fragment; null when it is.</param>
public sealed record MonthAvailability(string Key, Ratio? Share, Ratio Target, string? UnknownBecause);

/// <summary>Compliance at one moment of the month.</summary>
/// <param name="At">The moment.</param>
/// <param name="Share">Objectives met of those evaluated, month to date.</param>
public sealed record CompliancePoint(DateTimeOffset At, Ratio Share);
