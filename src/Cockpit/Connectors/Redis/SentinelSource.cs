using System.Collections.Immutable;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;

namespace Cockpit.Connectors.Redis;

/// <summary>A Redis group: every configured Sentinel is asked at once, then every node they know of.</summary>
/// <remarks>
/// The master is who the Sentinels say, whatever a node says of itself. A read takes no longer than the timeout, of which the Sentinels
/// get at most half; a node that does not answer carries its failure.
/// </remarks>
public sealed class SentinelSource : ISource<RedisReading>, IDisposable
{
    private readonly string _group;
    private readonly ImmutableArray<RedisAddress> _sentinels;
    private readonly RedisConnections _toSentinels;
    private readonly RedisConnections _toNodes;
    private readonly RedisNodeReader _nodes;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    public SentinelSource(RedisOptions options, TimeProvider clock)
    {
        _group = options.Group;
        _sentinels = [.. options.Sentinels];
        _toSentinels = new(options.SentinelAccess(), RespLimits.Default);
        _toNodes = new(options.NodeAccess(), RespLimits.Default);
        _nodes = new(_toNodes, clock);
        _timeout = options.Timeout;
        _clock = clock;
    }

    public string Name => "Redis Sentinel";

    public async Task<Observation<RedisReading>> ReadAsync(CancellationToken cancellationToken)
    {
        var askedAt = _clock.GetUtcNow();
        var council = await ConveneAsync(cancellationToken);
        using var deadline = new CancellationTokenSource(_timeout / 2, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var nodes = await Task.WhenAll(council.Nodes.Select(node => _nodes.ReadAsync(node, either.Token)));
        _toNodes.KeepOnly(council.Nodes.ToHashSet());
        return new(
            new(_group, council.Master.ToString(), council.Total, council.Agreeing, council.FailoverInProgress, [.. nodes]),
            askedAt, Name);
    }

    public void Dispose()
    {
        _toSentinels.Dispose();
        _toNodes.Dispose();
    }

    private async Task<SentinelCouncil> ConveneAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_timeout / 2, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var answers = await Task.WhenAll(_sentinels.Select(sentinel => AskAsync(sentinel, either.Token)));
        var accounts = answers.Select(answer => answer.Account).OfType<SentinelAccount>().ToList();
        if (accounts.Count > 0) return SentinelCouncil.Of(accounts);

        throw new SourceUnavailableException($"no Sentinel answered: {string.Join("; ", answers.Select(answer => answer.Failure))}");
    }

    private async Task<(SentinelAccount? Account, string? Failure)> AskAsync(RedisAddress sentinel, CancellationToken cancellationToken)
    {
        try
        {
            var account = await _toSentinels.ReadAsync(
                sentinel,
                async (connection, token) => SentinelAccount.Read(_group, await connection.PipelineAsync(SentinelAccount.Questions(_group), token)),
                cancellationToken);
            return (account, null);
        }
        catch (Exception failed) when (RedisFailure.IsExpected(failed))
        {
            return (null, $"{sentinel} {RedisFailure.Describe(failed)}");
        }
    }
}
