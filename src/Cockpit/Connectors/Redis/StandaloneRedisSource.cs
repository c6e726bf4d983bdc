using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;

namespace Cockpit.Connectors.Redis;

/// <summary>A single Redis node without Sentinels. It is the master when it says so itself; nobody else can tell.</summary>
public sealed class StandaloneRedisSource : ISource<RedisReading>, IDisposable
{
    private readonly string _group;
    private readonly RedisAddress _address;
    private readonly RedisConnections _connections;
    private readonly RedisNodeReader _nodes;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    public StandaloneRedisSource(RedisOptions options, TimeProvider clock)
    {
        _group = options.Group;
        _address = options.Node ?? throw new ArgumentException("A standalone Redis needs its address.", nameof(options));
        _connections = new(options.NodeAccess(), RespLimits.Default);
        _nodes = new(_connections, clock);
        _timeout = options.Timeout;
        _clock = clock;
    }

    public string Name => "Redis";

    public async Task<Observation<RedisReading>> ReadAsync(CancellationToken cancellationToken)
    {
        var askedAt = _clock.GetUtcNow();
        using var deadline = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var node = await _nodes.ReadAsync(_address, either.Token);
        if (node.Failure is { } failure) throw new SourceUnavailableException($"Redis at {_address} {failure}");

        return new(new(_group, node.Role == "master" ? node.Endpoint : null, 0, 0, false, [node]), askedAt, Name);
    }

    public void Dispose() => _connections.Dispose();
}
