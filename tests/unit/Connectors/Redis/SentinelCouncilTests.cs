using System.Collections.Immutable;
using Cockpit.Connectors.Redis;

namespace Cockpit.Tests.Connectors.Redis;

public sealed class SentinelCouncilTests
{
    private static readonly RedisAddress Old = new("10.0.0.1", 6379);
    private static readonly RedisAddress New = new("10.0.0.2", 6379);
    private static readonly RedisAddress Third = new("10.0.0.3", 6379);

    [Fact]
    public void Majority_names_the_master_and_every_known_node_is_listed_once()
    {
        var council = SentinelCouncil.Of([Names(Old, 4), Names(New, 5), Names(New, 5, failover: true)]);

        Assert.Equal((New, 2, 3, true), (council.Master, council.Agreeing, council.Total, council.FailoverInProgress));
        Assert.Equal([New, Old, Third], council.Nodes.ToArray());
    }

    [Fact]
    public void Tie_goes_to_the_newer_configuration()
    {
        Assert.Equal(New, SentinelCouncil.Of([Names(Old, 4), Names(New, 5)]).Master);
        Assert.Equal(New, SentinelCouncil.Of([Names(New, 5), Names(Old, 4)]).Master);
    }

    [Fact]
    public void Sentinels_that_did_not_answer_still_count_in_the_total()
    {
        var council = SentinelCouncil.Of([Names(Old, 1)]);

        Assert.Equal((1, 3), (council.Agreeing, council.Total));
    }

    private static SentinelAccount Names(RedisAddress master, long epoch, bool failover = false) =>
        new(master, 2, epoch, failover, ImmutableArray.Create(Old, New, Third));
}
