using Cockpit.Connectors.Redis;

namespace Cockpit.Tests.Connectors.Redis;

public sealed class RedisInfoTests
{
    [Fact]
    public void Replica_with_a_lost_link_tells_for_how_long()
    {
        var info = RedisInfo.Parse(
            "# Replication\r\nrole:slave\r\nmaster_host:10.0.0.1\r\nmaster_link_status:down\r\nmaster_link_down_since_seconds:42\r\n"
            + "slave_repl_offset:81604378624\r\nslave_priority:100\r\nmaster_repl_offset:5\r\n");

        Assert.Equal(("slave", 81604378624L, false, TimeSpan.FromSeconds(42)), (info.Text("role"), info.Offset, info.LinkUp, info.LinkDownFor));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1790000000")]
    [InlineData("")]
    [InlineData("soon")]
    public void Link_that_was_never_up_has_no_age(string since)
    {
        var info = RedisInfo.Parse($"role:slave\r\nmaster_link_status:down\r\nmaster_link_down_since_seconds:{since}\r\n");

        Assert.False(info.LinkUp);
        Assert.Null(info.LinkDownFor);
    }

    [Fact]
    public void Master_with_a_replica_that_awaits_its_snapshot_has_its_own_offset()
    {
        var info = RedisInfo.Parse(
            "role:master\r\nconnected_slaves:2\r\nslave0:ip=10.0.0.7,port=6379,state=wait_bgsave,offset=0,lag=0\r\n"
            + "slave1:ip=10.0.0.8,port=6379,state=online,offset=5368709120,lag=1\r\nmaster_repl_offset:5368709121\r\n");

        Assert.Equal(5368709121L, info.Offset);
        Assert.Null(info.LinkUp);
    }

    [Fact]
    public void Odd_lines_are_passed_over()
    {
        var info = RedisInfo.Parse("\n# Memory\nexecutable:\nno colon\n:no key\nused_memory:9999999999\nurl:redis://a:1\nmaxmemory:lots\n\0\n");

        Assert.Equal((null, 9999999999L, "redis://a:1", null), (info.Text("executable"), info.Number("used_memory"), info.Text("url"), info.Number("maxmemory")));
    }
}
