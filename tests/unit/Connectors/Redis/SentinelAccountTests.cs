using Cockpit.Connectors.Redis;

namespace Cockpit.Tests.Connectors.Redis;

public sealed class SentinelAccountTests
{
    private static readonly RespValue Named = Flat("10.0.0.2", "6379");
    private static readonly RespValue Watched = Flat("name", "mymaster", "ip", "10.0.0.1", "port", "6379", "flags", "s_down,o_down,master", "num-other-sentinels", "2", "config-epoch", "7");
    private static readonly RespValue Replicas = new RespValue.List([Flat("ip", "10.0.0.2", "port", "6379", "flags", "slave"), Flat("ip", "10.0.0.3", "port", "6379", "flags", "s_down,slave,disconnected")]);

    [Fact]
    public void Promoted_replica_is_the_master_while_the_old_one_is_still_watched()
    {
        var account = SentinelAccount.Read("mymaster", [Named, Watched, Replicas]);

        Assert.Equal(
            (new RedisAddress("10.0.0.2", 6379), 2, 7L, true),
            (account.Master, account.OtherSentinels, account.ConfigEpoch, account.FailoverInProgress));
        Assert.Equal(["10.0.0.1:6379", "10.0.0.2:6379", "10.0.0.3:6379"], account.Nodes.Select(node => node.ToString()));
    }

    [Fact]
    public void Version_three_maps_read_as_version_two_lists()
    {
        var items = Watched.Items!.Value;
        var map = new RespValue.Map([.. items.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]))]);

        Assert.Equal(
            SentinelAccount.Read("mymaster", [Named, Watched, Replicas]) with { Nodes = [] },
            SentinelAccount.Read("mymaster", [Named, map, Replicas]) with { Nodes = [] });
    }

    [Fact]
    public void Subjective_suspicion_is_no_failover()
    {
        var suspected = Flat("ip", "10.0.0.1", "port", "6379", "flags", "s_down,master", "num-other-sentinels", "2", "config-epoch", "7");

        Assert.False(SentinelAccount.Read("mymaster", [Named, suspected, Replicas]).FailoverInProgress);
    }

    [Fact]
    public void Unknown_group_is_named()
    {
        RespValue[] replies = [new RespValue.Null(), new RespValue.Error("ERR", "No such master with that name"), new RespValue.Error("ERR", "No such master with that name")];

        Assert.Equal("watches no group named orders", Assert.Throws<RedisRefusedException>(() => SentinelAccount.Read("orders", replies)).Message);
    }

    [Fact]
    public void Redis_node_in_a_sentinels_place_is_told_so()
    {
        var unknown = new RespValue.Error("ERR", "unknown command 'SENTINEL', with args beginning with: 'master'");

        Assert.Equal("is not a Sentinel", Assert.Throws<RedisRefusedException>(() => SentinelAccount.Read("mymaster", [unknown, unknown, unknown])).Message);
    }

    [Theory]
    [InlineData("10.0.0.2")]
    [InlineData("10.0.0.2", "")]
    [InlineData("10.0.0.2", "70000")]
    [InlineData("", "6379")]
    public void Address_that_is_none_is_refused(params string[] named) =>
        Assert.Throws<RespProtocolException>(() => SentinelAccount.Read("mymaster", [Flat(named), Watched, Replicas]));

    [Theory]
    [InlineData("*3\r\nmaster")]
    public void Role_of_another_form_is_refused(string text) =>
        Assert.Throws<RespProtocolException>(() => RedisRole.Read(new RespValue.Bulk(text)));

    [Fact]
    public void Roles_of_the_three_kinds_are_read()
    {
        Assert.Equal(
            new RedisRole.Master(3129659, 1),
            RedisRole.Read(List(new RespValue.Bulk("master"), new RespValue.Number(3129659), List(Flat("10.0.0.2", "6379", "3129242")))));
        Assert.Equal(
            new RedisRole.Replica(new("10.0.0.1", 6379), "connected", 3167038),
            RedisRole.Read(List(new RespValue.Bulk("slave"), new RespValue.Bulk("10.0.0.1"), new RespValue.Number(6379), new RespValue.Bulk("connected"), new RespValue.Number(3167038))));
        Assert.Equal(new RedisRole.Sentinel(1), RedisRole.Read(List(new RespValue.Bulk("sentinel"), Flat("mymaster"))));
    }

    [Fact]
    public void Failover_answers_are_told_apart()
    {
        var sentinel = new RedisAddress("s", 1);

        Assert.Equal(new FailoverAnswer.Begun(sentinel), SentinelFailover.Read(sentinel, new RespValue.Simple("OK")));
        Assert.Equal(new FailoverAnswer.AlreadyInProgress(), SentinelFailover.Read(sentinel, new RespValue.Error("INPROG", "Failover already in progress")));
        Assert.Equal(new FailoverAnswer.NoGoodReplica(), SentinelFailover.Read(sentinel, new RespValue.Error("NOGOODSLAVE", "No suitable replica to promote")));
        Assert.Equal(new FailoverAnswer.Refused("ERR No such master"), SentinelFailover.Read(sentinel, new RespValue.Error("ERR", "No such master")));
        Assert.Equal(new FailoverAnswer.Unknown("s:1 answered in an unknown form"), SentinelFailover.Read(sentinel, new RespValue.Null()));
    }

    private static RespValue List(params RespValue[] values) => new RespValue.List([.. values]);

    private static RespValue Flat(params string[] items) => new RespValue.List([.. items.Select(item => (RespValue)new RespValue.Bulk(item))]);
}
