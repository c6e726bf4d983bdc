using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.Live;

namespace Cockpit.Tests.Hubs;

/// <summary>Snapshots of a platform with two services and no card, whose figures the test chooses.</summary>
internal static class Snapshots
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 3, 12, 0, TimeSpan.Zero);

    private static readonly ImmutableDictionary<string, HumanAnswer> NoAnswers = ImmutableDictionary<string, HumanAnswer>.Empty;

    /// <summary>A snapshot in which each named service takes so many requests a second.</summary>
    public static CockpitSnapshot Of(long number, params (string Service, double Requests)[] services)
    {
        var model = new PlatformModel(
            PlatformFacts.Reference, [.. services.Select(service => new ServiceFacts(service.Service, service.Service, true, null, null))], []);
        var figures = services.ToImmutableDictionary(
            service => $"{SignalIds.ServiceRequests}{{{service.Service}}}", service => Measurement.Of(service.Requests));
        var readings = new PlatformReadings(
            SourceState<MetricsReading>.Waiting("Prometheus", TimeSpan.FromSeconds(1)).Seen(new(new MetricsReading(figures, []), Start, "Prometheus")),
            SourceState<ClusterReading>.NotConfigured("Kubernetes"),
            SourceState<RedisReading>.NotConfigured("Redis"),
            SourceState<ReplicationReading>.NotConfigured("PostgreSQL"));
        return new CockpitSnapshot(number, PlatformHealth.Next(null, readings, model, NoAnswers, [], Start), [], null);
    }
}
