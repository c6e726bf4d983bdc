using Cockpit.Domain.Health;
using Cockpit.Live;
using Cockpit.Tests.Health;

namespace Cockpit.Tests.Live;

public sealed class SourceStatesTests
{
    private readonly SourceStates _states = new();

    [Fact]
    public void Nothing_is_configured_at_first() => Assert.Equal(Platform.NothingConfigured, _states.Current);

    [Fact]
    public void Each_source_replaces_its_own_state_only()
    {
        var readings = Platform.Readings();

        _states.Set(readings.Metrics);
        _states.Set(readings.Redis);
        Assert.Equal(Platform.NothingConfigured with { Metrics = readings.Metrics, Redis = readings.Redis }, _states.Current);

        _states.Set(readings.Cluster);
        _states.Set(readings.Replication);
        Assert.Equal(readings, _states.Current);
    }

    [Fact]
    public async Task Change_wakes_those_who_asked_before_it_and_no_other()
    {
        var before = _states.ChangedAsync(CancellationToken.None);
        _states.Set(SourceState<RedisReading>.Waiting("Redis", Platform.Interval));
        await before.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.False(_states.ChangedAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Writers_at_once_lose_nothing()
    {
        var readings = Platform.Readings();

        await Task.WhenAll(
            Task.Run(() => Repeat(() => _states.Set(readings.Metrics))), Task.Run(() => Repeat(() => _states.Set(readings.Cluster))),
            Task.Run(() => Repeat(() => _states.Set(readings.Redis))), Task.Run(() => Repeat(() => _states.Set(readings.Replication))));

        Assert.Equal(readings, _states.Current);
    }

    private static void Repeat(Action act)
    {
        for (var i = 0; i < 1_000; i++) act();
    }
}
