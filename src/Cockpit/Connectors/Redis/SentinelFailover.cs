namespace Cockpit.Connectors.Redis;

/// <summary>What a Sentinel made of the wish to fail a group over.</summary>
public abstract record FailoverAnswer
{
    private FailoverAnswer() { }

    /// <summary>It began; the outcome is read back by role.</summary>
    public sealed record Begun(RedisAddress Sentinel) : FailoverAnswer;

    /// <summary>One is under way already.</summary>
    public sealed record AlreadyInProgress : FailoverAnswer;

    /// <summary>No replica is fit to be promoted.</summary>
    public sealed record NoGoodReplica : FailoverAnswer;

    /// <summary>The Sentinel refused for another reason.</summary>
    public sealed record Refused(string Reason) : FailoverAnswer;

    /// <summary>No usable answer: the failover may or may not have begun.</summary>
    public sealed record Unknown(string Reason) : FailoverAnswer;

    /// <summary>The Sentinel was never reached: nothing was asked.</summary>
    public sealed record NotAsked(string Reason) : FailoverAnswer;
}

/// <summary>Asks one Sentinel to promote a replica without the agreement of the others. Sent at most once.</summary>
public sealed class SentinelFailover(RedisOptions options, TimeProvider clock)
{
    public async Task<FailoverAnswer> BeginAsync(RedisAddress sentinel, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var sent = false;
        try
        {
            using var connection = await RedisConnection.OpenAsync(sentinel, options.SentinelAccess(), RespLimits.Default, either.Token);
            sent = true;
            return Read(sentinel, await connection.SendAsync(["SENTINEL", "FAILOVER", options.Group], either.Token));
        }
        catch (Exception failed) when (RedisFailure.IsExpected(failed))
        {
            var reason = $"{sentinel} {RedisFailure.Describe(failed)}";
            return sent ? new FailoverAnswer.Unknown(reason) : new FailoverAnswer.NotAsked(reason);
        }
    }

    // +OK   -INPROG Failover already in progress   -NOGOODSLAVE No suitable replica to promote   -ERR No such master with that name
    internal static FailoverAnswer Read(RedisAddress sentinel, RespValue reply) => reply switch
    {
        RespValue.Simple { Value: "OK" } => new FailoverAnswer.Begun(sentinel),
        RespValue.Error { Code: "INPROG" } => new FailoverAnswer.AlreadyInProgress(),
        RespValue.Error { Code: "NOGOODSLAVE" } => new FailoverAnswer.NoGoodReplica(),
        RespValue.Error error => new FailoverAnswer.Refused(Failure.Quote($"{error.Code} {error.Message}")),
        _ => new FailoverAnswer.Unknown($"{sentinel} answered in an unknown form"),
    };
}
