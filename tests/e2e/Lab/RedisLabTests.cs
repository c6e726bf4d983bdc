using Cockpit.Connectors.Redis;
using Cockpit.Domain.Health;

namespace Cockpit.E2E.Lab;

/// <summary>Reads COCKPIT_LAB_REDIS_PASSWORD too, where the nodes ask for one.</summary>
[Trait("needs", "lab")]
public sealed class RedisLabTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly RedisOptions _options = new()
    {
        Group = LabSetting.Get("COCKPIT_LAB_REDIS_GROUP"),
        Sentinels = [.. LabSetting.Get("COCKPIT_LAB_SENTINELS").Split(',').Select(text => RedisAddress.Parse(text.Trim(), 26379)!)],
        Password = Environment.GetEnvironmentVariable("COCKPIT_LAB_REDIS_PASSWORD"),
    };

    private readonly SentinelSource _source;

    public RedisLabTests() => _source = new(_options, TimeProvider.System);

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task Healthy_group_has_one_master_and_linked_replicas_and_all_sentinels_agree()
    {
        var reading = await UntilAsync(IsHealthy);

        Assert.Equal(_options.Sentinels.Count, reading.SentinelsTotal);
        Assert.Equal(_options.Sentinels.Count, reading.SentinelsAgreeing);
        Assert.Equal(reading.Master, Assert.Single(reading.Nodes, node => node.Role == "master").Endpoint);
        Assert.All(reading.Nodes, node =>
        {
            Assert.Null(node.Failure);
            Assert.True(node.PingTime > TimeSpan.Zero);
            Assert.True(node.UsedMemoryBytes > 0);
            Assert.NotNull(node.ReplicationOffset);
        });
    }

    [Fact]
    public async Task Failover_moves_the_master_and_roles_follow()
    {
        var before = await UntilAsync(IsHealthy);

        var begun = await new SentinelFailover(_options, TimeProvider.System).BeginAsync(_options.Sentinels[0], default);

        Assert.Equal(new FailoverAnswer.Begun(_options.Sentinels[0]), begun);
        var after = await UntilAsync(reading => IsHealthy(reading) && reading.Master != before.Master);
        using var connection = await RedisConnection.OpenAsync(
            RedisAddress.Parse(after.Master!, 6379)!, _options.NodeAccess(), RespLimits.Default, default);
        Assert.IsType<RedisRole.Master>(await RedisRole.AskAsync(connection, default));
    }

    [Fact]
    public async Task Node_alone_is_read_without_sentinels()
    {
        var master = (await UntilAsync(IsHealthy)).Master;
        using var alone = new StandaloneRedisSource(
            new RedisOptions { Group = "alone", Node = RedisAddress.Parse(master!, 6379), Password = _options.Password }, TimeProvider.System);

        var reading = (await alone.ReadAsync(default)).Value;

        Assert.Equal((master, 0, 1), (reading.Master, reading.SentinelsTotal, reading.Nodes.Length));
    }

    private static bool IsHealthy(RedisReading reading) =>
        !reading.FailoverInProgress
        && reading.SentinelsAgreeing == reading.SentinelsTotal
        && reading.Nodes.Count(node => node.Role == "master") == 1
        && reading.Nodes.Single(node => node.Role == "master").Endpoint == reading.Master
        && reading.Nodes.Where(node => node.Role != "master").All(node => node.LinkUp == true);

    private async Task<RedisReading> UntilAsync(Func<RedisReading, bool> found)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            var reading = (await _source.ReadAsync(patience.Token)).Value;
            if (found(reading)) return reading;
            Assert.False(patience.IsCancellationRequested, $"last seen: {reading} {string.Join("; ", reading.Nodes)}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }
}
