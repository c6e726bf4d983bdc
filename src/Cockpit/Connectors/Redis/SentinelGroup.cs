using Cockpit.Domain.Health;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Observing;

namespace Cockpit.Connectors.Redis;

/// <summary>The group for actions: read like its figures, failed over by the first Sentinel that can be reached.</summary>
internal sealed class SentinelGroup(ISource<RedisReading> source, SentinelFailover failover, RedisOptions options) : IRedisGroup
{
    public async Task<TargetAnswer<RedisReading>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new TargetAnswer<RedisReading>.Done((await source.ReadAsync(cancellationToken)).Value);
        }
        catch (SourceUnavailableException unavailable)
        {
            return new TargetAnswer<RedisReading>.Failed(new TargetFailure.Unreachable(unavailable.Message));
        }
    }

    public async Task<TargetAnswer<string>> FailOverAsync(CancellationToken cancellationToken)
    {
        var silent = new List<string>();
        foreach (var sentinel in options.Sentinels)
        {
            switch (await failover.BeginAsync(sentinel, cancellationToken))
            {
                case FailoverAnswer.NotAsked notAsked:
                    silent.Add(notAsked.Reason);
                    continue;
                case FailoverAnswer.Begun begun:
                    return new TargetAnswer<string>.Done($"{begun.Sentinel} began the failover of {options.Group}");
                case FailoverAnswer.AlreadyInProgress:
                    return Refuse("a failover is under way already");
                case FailoverAnswer.NoGoodReplica:
                    return Refuse("Sentinel finds no replica fit to be promoted");
                case FailoverAnswer.Refused refused:
                    return Refuse($"Sentinel refuses: {refused.Reason}");
                case FailoverAnswer.Unknown unknown:
                    return new TargetAnswer<string>.Failed(new TargetFailure.Unreachable(unknown.Reason));
            }
        }

        return Refuse($"no Sentinel could be asked: {string.Join("; ", silent)}");
    }

    private static TargetAnswer<string>.Failed Refuse(string why) => new(new TargetFailure.Invalid(why));
}
