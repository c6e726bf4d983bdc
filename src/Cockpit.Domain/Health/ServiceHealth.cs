using System.Collections.Immutable;

namespace Cockpit.Domain.Health;

/// <summary>What the catalog promises about a service.</summary>
/// <param name="Id">Id as it stands in the metrics' <c>service</c> label.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Critical">True when its failure makes the platform red.</param>
/// <param name="ResponseP95Limit">95th percentile of responses it must stay under, seconds; null when none is promised.</param>
/// <param name="ErrorRatioLimit">Error ratio it must stay under; null when none is promised.</param>
public sealed record ServiceFacts(string Id, string Title, bool Critical, double? ResponseP95Limit, double? ErrorRatioLimit);

/// <summary>A service at an instant.</summary>
/// <param name="Facts">What is promised.</param>
/// <param name="Status">How it is: bad when down, warn when outside a promise.</param>
/// <param name="Word">The status in one word.</param>
/// <param name="Doubt">Why it cannot be told; null when it can.</param>
/// <param name="Requests">Requests a second.</param>
/// <param name="Errors">Error ratio.</param>
/// <param name="ResponseP95">95th percentile of responses, seconds.</param>
public sealed record ServiceHealth(
    ServiceFacts Facts, HealthStatus Status, string Word, string? Doubt, Signal Requests, Signal Errors, Signal ResponseP95)
{
    /// <summary>Judges a service by its signals.</summary>
    public static ServiceHealth Judge(ServiceFacts facts, SignalBoard board)
    {
        var up = board[$"{SignalIds.ServiceUp}{{{facts.Id}}}"];
        var requests = board[$"{SignalIds.ServiceRequests}{{{facts.Id}}}"];
        var errors = board[$"{SignalIds.ServiceErrors}{{{facts.Id}}}"];
        var p95 = board[$"{SignalIds.ServiceP95}{{{facts.Id}}}"];
        var (status, word, doubt) = Decide(facts, up, requests, errors, p95);
        return new ServiceHealth(facts, status, word, doubt, requests, errors, p95);
    }

    private static (HealthStatus, string, string?) Decide(ServiceFacts facts, Signal up, Signal requests, Signal errors, Signal p95)
    {
        if (up.Freshness == Freshness.NotConfigured) return (HealthStatus.NotConfigured, "Not configured", up.Gap);
        if (up.Fresh == 0) return (HealthStatus.Bad, "Down", null);
        if (requests.Fresh is null && up.Fresh is null) return (HealthStatus.Unknown, "Unknown", requests.Gap ?? up.Gap);
        if (requests.Fresh == 0) return (HealthStatus.Unknown, "No traffic", "no requests arrive, so nothing can be told");
        if (Above(errors, facts.ErrorRatioLimit)) return (HealthStatus.Warn, "Errors", null);
        if (Above(p95, facts.ResponseP95Limit)) return (HealthStatus.Warn, "Slow", null);
        var gap = facts.ErrorRatioLimit is not null && errors.Fresh is null ? errors.Gap
            : facts.ResponseP95Limit is not null && p95.Fresh is null ? p95.Gap : null;
        return gap is null ? (HealthStatus.Good, "Healthy", null) : (HealthStatus.Unknown, "Unknown", gap);
    }

    private static bool Above(Signal signal, double? limit) => limit is { } bound && signal.Fresh > bound;

    /// <summary>Judges all services in the catalog's order.</summary>
    public static ImmutableArray<ServiceHealth> JudgeAll(ImmutableArray<ServiceFacts> services, SignalBoard board) =>
        [.. services.Select(facts => Judge(facts, board))];
}
