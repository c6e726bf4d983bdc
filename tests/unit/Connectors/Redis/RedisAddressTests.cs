using Cockpit.Connectors.Redis;

namespace Cockpit.Tests.Connectors.Redis;

public sealed class RedisAddressTests
{
    [Theory]
    [InlineData("redis-0", "redis-0:6379")]
    [InlineData("redis-0.redis.prod:7000", "redis-0.redis.prod:7000")]
    [InlineData("10.0.0.1:1", "10.0.0.1:1")]
    [InlineData("::1", "[::1]:6379")]
    [InlineData("[fe80::1]:7000", "[fe80::1]:7000")]
    [InlineData("[::1]", "[::1]:6379")]
    public void Address_in_each_accepted_form_is_read(string text, string expected) => Assert.Equal(expected, RedisAddress.Parse(text, 6379)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData(":6379")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:-1")]
    [InlineData("redis://host:1")]
    [InlineData("user@host:1")]
    [InlineData("[]:1")]
    [InlineData("[::1]x")]
    [InlineData("a b")]
    public void Anything_else_is_no_address(string text) => Assert.Null(RedisAddress.Parse(text, 6379));
}
