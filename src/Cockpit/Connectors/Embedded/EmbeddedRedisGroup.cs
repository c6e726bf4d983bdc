using Cockpit.Domain.Health;
using Cockpit.UseCases.Executing;

namespace Cockpit.Connectors.Embedded;

/// <summary>The simulated Redis group for actions.</summary>
internal sealed class EmbeddedRedisGroup(EmbeddedEstate estate) : IRedisGroup
{
    public Task<TargetAnswer<RedisReading>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<TargetAnswer<RedisReading>>(new TargetAnswer<RedisReading>.Done(estate.Use(simulated => simulated.Redis.Read())));

    public Task<TargetAnswer<string>> FailOverAsync(CancellationToken cancellationToken) =>
        Task.FromResult<TargetAnswer<string>>(estate.Use(simulated => simulated.Redis.ForceFailover())
            ? new TargetAnswer<string>.Done("Sentinel began the failover")
            : new TargetAnswer<string>.Failed(new TargetFailure.Invalid("a failover is under way already, or no replica is fit to be promoted")));
}
