using Cockpit.Domain.Health;
using Cockpit.Estate.Cluster;
using Cockpit.Estate.Signals;

namespace Cockpit.Estate.Caching;

/// <summary>
/// A Redis master, two replicas and three Sentinels. A master that stops answering is declared down, another is elected, replicas
/// copy from it, and services find it again at their own pace or when they are restarted.
/// </summary>
public sealed class RedisGroup
{
    private const string Name = "mymaster";
    private const int Sentinels = 3;
    private const double BytesWrittenPerSecond = 900_000;
    private const double OperationsPerSecond = 9_000;
    private const double CopySecondsAtLeast = 4;
    private const double CopySecondsAtMost = 9;
    private const double SecondsWithoutAnswer = 1.1;

    private static readonly TimeSpan SlowPhase = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan DownAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ColdPhase = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SentinelGossip = TimeSpan.FromSeconds(1.5);

    private readonly Dice _dice;
    private readonly Drift _latency;
    private readonly RedisServer[] _servers;
    private readonly RedisConsumers _consumers;
    private RedisServer _master;
    private DateTimeOffset _now;
    private DateTimeOffset? _slowSince;
    private DateTimeOffset? _silentSince;
    private DateTimeOffset? _electedAt;
    private DateTimeOffset? _promotedAt;
    private bool _promotionForced;
    private (string Master, double? Seconds)? _real;

    internal RedisGroup(Dice dice, EstateCluster cluster)
    {
        _dice = dice;
        _latency = new Drift(dice, 0.05, 15);
        const double Offset = 7_340_112_004;
        _servers =
        [
            new RedisServer("redis-master-0:6379", true, Offset),
            new RedisServer("redis-replica-0:6379", false, Offset),
            new RedisServer("redis-replica-1:6379", false, Offset),
        ];
        _master = _servers[0];
        _consumers = new RedisConsumers(dice, cluster);
    }

    /// <summary>Seconds an operation takes as its caller sees it, failures by timeout among them.</summary>
    public LatencyHistogram Operation { get; } = new(
        0.0005, 0.001, 0.0015, 0.002, 0.003, 0.004, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5);

    /// <summary>Failed operations and connection attempts by service.</summary>
    public IReadOnlyList<(string Service, double Errors)> ConnectionErrors => _consumers.Errors;

    /// <summary>Failovers completed.</summary>
    public int Failovers { get; private set; }

    internal bool IsServing(string service) => _consumers.IsConnected(service);

    public RedisReading Read()
    {
        var agreeing = _promotedAt is { } at && _now - at < SentinelGossip ? Sentinels - 1 : Sentinels;
        var failingOver = _electedAt is not null || (_silentSince is { } silent && _now - silent >= DownAfter);
        return new RedisReading(Name, _master.Endpoint, Sentinels, agreeing, failingOver, [.. _servers.Select(Describe)]);
    }

    /// <summary>Asks a Sentinel to fail over at once. False when one is under way or no replica can take over.</summary>
    public bool ForceFailover()
    {
        if (_electedAt is not null || Candidate() is null) return false;
        _electedAt = _now + _dice.Between(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.8));
        _promotionForced = true;
        return true;
    }

    /// <summary>
    /// Takes over who is master of a real group and how long it takes to answer, null when it does not; from then on callers bear that and no
    /// master fails or is elected here.
    /// </summary>
    internal void Mirror(string master, double? seconds)
    {
        if (_real is null) _consumers.ReconnectAll(master);
        _real = (master, seconds);
    }

    internal void ReconnectEverybody() => _consumers.ReconnectAll(_real?.Master ?? _master.Endpoint);

    internal void FailMaster(DateTimeOffset now) => _slowSince = now;

    internal void RestoreFailedNodes(DateTimeOffset now)
    {
        _slowSince = null;
        foreach (var server in _servers.Where(server => !server.Answers))
        {
            server.Answers = true;
            if (server == _master) _silentSince = null;
            else Demote(server, now);
        }
    }

    internal void Step(Moment moment)
    {
        _now = moment.Now;
        if (_real is { } real)
        {
            _consumers.Step(moment, real.Master, real.Seconds is not null);
            return;
        }

        if (_slowSince is { } slow && _now - slow >= SlowPhase)
        {
            _slowSince = null;
            _silentSince = _now;
            _master.Answers = false;
        }

        if (_silentSince is { } silent && _electedAt is null && _now - silent >= DownAfter && Candidate() is not null)
            _electedAt = _now + _dice.Between(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(2.5));
        if (_electedAt is { } due && _now >= due) Promote();

        if (_master.Answers) _master.Offset += BytesWrittenPerSecond * (0.3 + moment.Load) * moment.Seconds;
        foreach (var server in _servers)
        {
            if (!server.IsMaster) Follow(server);
        }

        _consumers.Step(moment, _master.Endpoint, _master.Answers);
    }

    internal void Count(Moment moment)
    {
        _latency.Step(moment.Seconds);
        var operations = OperationsPerSecond * (0.3 + moment.Load) * moment.Seconds;
        var connected = _consumers.ConnectedShare;
        Operation.Observe(operations * connected, ServerSeconds() * _latency.Factor);
        Operation.Observe(operations * (1 - connected), SecondsWithoutAnswer);
        _consumers.CountErrors(moment.Seconds);
        foreach (var server in _servers) server.PingSeconds = (server == _master ? ServerSeconds() : 0.0008) * _dice.Between(0.2, 0.6);
    }

    private double ServerSeconds()
    {
        if (_real is { } real) return real.Seconds ?? SecondsWithoutAnswer;
        if (_slowSince is not null) return 0.18;
        return _promotedAt is { } at && _now - at < ColdPhase ? 0.008 : 0.0028;
    }

    private RedisServer? Candidate() => _servers
        .Where(server => server != _master && server.Answers && server.CopiedAt is null)
        .MaxBy(server => server.Offset);

    private void Promote()
    {
        _electedAt = null;
        if (Candidate() is not { } candidate || (!_promotionForced && _master.Answers)) return;
        var old = _master;
        _promotionForced = false;
        _master = candidate;
        candidate.IsMaster = true;
        candidate.LinkDownSince = null;
        _silentSince = null;
        _slowSince = null;
        _promotedAt = _now;
        Failovers++;
        if (old.Answers) Demote(old, _now);
        foreach (var other in _servers.Where(server => server != _master && server != old && server.Answers)) Demote(other, _now);
    }

    private void Demote(RedisServer server, DateTimeOffset now)
    {
        server.IsMaster = false;
        server.LinkDownSince = now;
        server.CopiedAt = now + TimeSpan.FromSeconds(_dice.Between(CopySecondsAtLeast, CopySecondsAtMost));
    }

    private void Follow(RedisServer replica)
    {
        if (!replica.Answers) return;
        if (!_master.Answers)
        {
            replica.LinkDownSince ??= _now;
            return;
        }

        if (replica.CopiedAt is { } copied && _now < copied) return;
        replica.CopiedAt = null;
        replica.LinkDownSince = null;
        replica.Offset = Math.Max(0, _master.Offset - (_dice.Next() * 400));
    }

    private RedisNode Describe(RedisServer server)
    {
        if (!server.Answers)
            return new RedisNode(server.Endpoint, null, null, null, null, null, null, null, null, "did not answer in time");
        return new RedisNode(
            server.Endpoint,
            server.IsMaster ? "master" : "slave",
            (long)server.Offset,
            server.IsMaster ? null : server.LinkDownSince is null,
            server.IsMaster || server.LinkDownSince is not { } since ? null : _now - since,
            100,
            TimeSpan.FromSeconds(server.PingSeconds),
            (long)(1_480_000_000 + ((server.Offset / 50) % 90_000_000)),
            4L * 1024 * 1024 * 1024,
            null);
    }
}
