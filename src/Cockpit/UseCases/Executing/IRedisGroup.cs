using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Executing;

/// <summary>The Redis group that Sentinel watches, read now and failed over. Used by previews, dispatches and checks, never by pages' everyday figures.</summary>
public interface IRedisGroup
{
    /// <summary>Reads the group from its Sentinels and its nodes, now.</summary>
    Task<TargetAnswer<RedisReading>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Asks one Sentinel to promote a replica of its own choice. Sent at most once.</summary>
    /// <returns>What it answered, in words.</returns>
    Task<TargetAnswer<string>> FailOverAsync(CancellationToken cancellationToken);
}
