using Cockpit.Domain.Health;
using Cockpit.Estate;

namespace Cockpit.Tests.Estate;

internal static class EstateInATest
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    public static EstateSimulation New(ulong seed = 7) => new(seed, Start);

    public static double Signal(this EstateSimulation estate, string id) =>
        estate.With(inside => inside.ReadMetrics())[id].Value ?? double.NaN;

    public static double Signal(this EstateSimulation estate, string id, string label) =>
        estate.With(inside => inside.ReadMetrics())[id, label].Value ?? double.NaN;

    public static ReplicationReading Replication(this EstateSimulation estate) => estate.With(inside => inside.Postgres.Read());

    public static RedisReading Redis(this EstateSimulation estate) => estate.With(inside => inside.Redis.Read());

    /// <summary>Connections over capacity, as the tile computes it.</summary>
    public static double WebSocketUse(this EstateSimulation estate) => estate.With(inside => inside.WebSockets.Utilisation);

    /// <summary>Moves on second by second until the condition holds, and says how long it took; null when it never did.</summary>
    public static TimeSpan? Until(this EstateSimulation estate, TimeSpan atMost, Func<EstateSimulation, bool> condition)
    {
        for (var passed = TimeSpan.Zero; passed <= atMost; passed += TimeSpan.FromSeconds(1))
        {
            if (condition(estate)) return passed;
            estate.Advance(TimeSpan.FromSeconds(1));
        }

        return null;
    }
}
