using Cockpit.Connectors.Redis;
using Cockpit.Domain.Health;
using Cockpit.Tests.Connectors.Faults;
using Cockpit.Tests.Health;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Observing;

namespace Cockpit.Tests.Connectors.Redis;

/// <summary>A failover through whichever Sentinel answers, asked for once.</summary>
public sealed class SentinelGroupTests
{
    private int _asked;

    [Fact]
    public async Task First_sentinel_that_can_be_reached_is_asked_and_no_other()
    {
        await using var absent = FaultyServer.Absent(Sentinel("+OK\r\n"));
        await using var first = FaultyServer.Start(Sentinel("+OK\r\n"));
        await using var second = FaultyServer.Start(Sentinel("+OK\r\n"));

        Assert.Equal(new TargetAnswer<string>.Done($"127.0.0.1:{first.Port} began the failover of mymaster"), await FailOverAsync(absent, first, second));
        Assert.Equal(1, _asked);
    }

    [Theory]
    [InlineData("-INPROG Failover already in progress\r\n", "a failover is under way already")]
    [InlineData("-NOGOODSLAVE No suitable replica to promote\r\n", "Sentinel finds no replica fit to be promoted")]
    [InlineData("-ERR No such master with that name\r\n", "Sentinel refuses: ERR No such master with that name")]
    public async Task Sentinel_that_refuses_is_quoted_and_the_others_are_not_asked_to_do_it_all_the_same(string reply, string reason)
    {
        await using var first = FaultyServer.Start(Sentinel(reply));
        await using var second = FaultyServer.Start(Sentinel("+OK\r\n"));

        Assert.Equal(new TargetFailure.Invalid(reason), Assert.IsType<TargetAnswer<string>.Failed>(await FailOverAsync(first, second)).Why);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Sentinel_that_hangs_up_after_it_was_asked_may_have_begun_and_no_other_is_asked()
    {
        await using var first = FaultyServer.Start(ScriptedRedis.Serve(Count(""), hangUpAfterCommands: 2));
        await using var second = FaultyServer.Start(Sentinel("+OK\r\n"));

        Assert.IsType<TargetFailure.Unreachable>(Assert.IsType<TargetAnswer<string>.Failed>(await FailOverAsync(first, second)).Why);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Without_any_sentinel_nothing_was_asked_and_each_is_named()
    {
        await using var one = FaultyServer.Absent(Sentinel("+OK\r\n"));
        await using var other = FaultyServer.Absent(Sentinel("+OK\r\n"));

        var why = Assert.IsType<TargetFailure.Invalid>(Assert.IsType<TargetAnswer<string>.Failed>(await FailOverAsync(one, other)).Why);

        Assert.StartsWith("no Sentinel could be asked: ", why.Message, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{one.Port}", why.Message, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{other.Port}", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Group_is_read_like_its_figures_and_a_silent_one_is_unreachable()
    {
        var reading = Platform.Redis();
        Assert.Equal(new TargetAnswer<RedisReading>.Done(reading), await Group(new Source(reading)).ReadAsync(CancellationToken.None));
        Assert.Equal(new TargetFailure.Unreachable("nobody answers"), Assert.IsType<TargetAnswer<RedisReading>.Failed>(await Group(new Source(null)).ReadAsync(CancellationToken.None)).Why);
    }

    private Behaviour Sentinel(string reply) => ScriptedRedis.Serve(Count(reply));

    private Func<string[], string> Count(string reply) => command =>
    {
        if (command is not ["SENTINEL", "FAILOVER", "mymaster"]) return "-ERR unknown command\r\n";
        Interlocked.Increment(ref _asked);
        return reply;
    };

    private static Task<TargetAnswer<string>> FailOverAsync(params FaultyServer[] sentinels) => Group(new Source(null), sentinels).FailOverAsync(CancellationToken.None);

    private static SentinelGroup Group(ISource<RedisReading> source, params FaultyServer[] sentinels)
    {
        var options = new RedisOptions
        {
            Group = "mymaster",
            Sentinels = [.. sentinels.Select(sentinel => new RedisAddress("127.0.0.1", sentinel.Port))],
            Timeout = TimeSpan.FromSeconds(20),
        };
        return new SentinelGroup(source, new SentinelFailover(options, TimeProvider.System), options);
    }

    private sealed class Source(RedisReading? reading) : ISource<RedisReading>
    {
        public string Name => "Redis";

        public Task<Observation<RedisReading>> ReadAsync(CancellationToken cancellationToken) => reading is null
            ? throw new SourceUnavailableException("nobody answers")
            : Task.FromResult(new Observation<RedisReading>(reading, Platform.Now, "Redis"));
    }
}
