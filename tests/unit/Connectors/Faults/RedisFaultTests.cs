using Cockpit.Connectors.Redis;
using Cockpit.Tests.Connectors.Redis;
using Cockpit.UseCases.Observing;

namespace Cockpit.Tests.Connectors.Faults;

public sealed class RedisFaultTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { "never answers", "did not answer in time" },
        { "hangs up", "hung up before its answer was complete" },
        { "drips", "did not answer in time" },
        { "drips a string", "did not answer in time" },
        { "answers an error", "asks for a password" },
        { "truncates", "hung up before its answer was complete" },
        { "speaks HTTP", "does not speak the Redis protocol; it began with \"HTTP/1.1 400 Bad Request\"" },
        { "speaks SSH", "does not speak the Redis protocol; it began with \"SSH-2.0-OpenSSH_9.2p1 Debian-2\"" },
        { "announces a huge string", "announced a string of 9223372036854775807 bytes, more than the limit" },
        { "announces a huge array", "announced 4000000000 elements, more than the limit" },
        { "announces nonsense", "broke the Redis protocol at \"$-5\"" },
        { "floods a line", "does not speak the Redis protocol; it began with \"+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"" },
        { "floods elements", "sent a reply of more elements than the limit" },
        { "nests without end", "nested a reply deeper than the limit" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_of_a_node_ends_in_its_reason_and_the_next_read_recovers(string fault, string reason)
    {
        await using var server = FaultyServer.Start(Fault(fault));
        using var source = new StandaloneRedisSource(new RedisOptions { Node = new("127.0.0.1", server.Port), Timeout = TimeSpan.FromSeconds(20) }, TimeProvider.System);

        var told = await FaultStory.TellAsync(server, ScriptedRedis.Node("role:master\r\nmaster_repl_offset:1\r\n"), source);

        Assert.Equal($"Redis at 127.0.0.1:{server.Port} {reason}", told);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_of_the_only_sentinel_ends_in_its_reason_and_the_next_read_recovers(string fault, string reason)
    {
        await using var node = FaultyServer.Start(ScriptedRedis.Node("role:master\r\nmaster_repl_offset:1\r\n"));
        await using var sentinel = FaultyServer.Start(Fault(fault));
        using var source = new SentinelSource(new RedisOptions { Sentinels = [new("127.0.0.1", sentinel.Port)], Timeout = TimeSpan.FromSeconds(20) }, TimeProvider.System);

        var told = await FaultStory.TellAsync(sentinel, ScriptedRedis.Sentinel(node.Port), source);

        Assert.Equal($"no Sentinel answered: 127.0.0.1:{sentinel.Port} {reason}", told);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_named_so_and_found_when_it_comes()
    {
        await using var server = FaultyServer.Absent(ScriptedRedis.Node("role:master\r\n"));
        using var source = new StandaloneRedisSource(new RedisOptions { Node = new("127.0.0.1", server.Port) }, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ReadAsync(default));
        server.Listen();

        Assert.Equal($"Redis at 127.0.0.1:{server.Port} refuses connections", failure.Message);
        Assert.Null((await source.ReadAsync(default)).Value.Nodes[0].Failure);
    }

    [Fact]
    public async Task Plain_server_asked_with_tls_is_named_so()
    {
        await using var server = FaultyServer.Start(Behaviours.Say("-ERR Protocol error\r\n"));
        using var source = new StandaloneRedisSource(new RedisOptions { Node = new("127.0.0.1", server.Port), Tls = true }, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ReadAsync(default));

        Assert.Contains("failed the TLS handshake", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hung_node_costs_its_own_figures_only()
    {
        await using var hung = FaultyServer.Start(Behaviours.NeverAnswer);
        await using var master = FaultyServer.Start(ScriptedRedis.Node("role:master\r\nmaster_repl_offset:7\r\n"));
        await using var sentinel = FaultyServer.Start(ScriptedRedis.Sentinel(master.Port, hung.Port));
        using var source = new SentinelSource(new RedisOptions { Sentinels = [new("127.0.0.1", sentinel.Port)], Timeout = TimeSpan.FromSeconds(2) }, TimeProvider.System);

        var reading = (await source.ReadAsync(default)).Value;

        Assert.Equal([null, "did not answer in time"], reading.Nodes.Select(node => node.Failure));
        Assert.Equal(7, reading.Nodes[0].ReplicationOffset);
    }

    [Fact]
    public async Task Old_servers_echo_of_the_password_is_not_repeated()
    {
        await using var server = FaultyServer.Start(Behaviours.Say("-ERR unknown command `HELLO`, with args beginning with: `3`, `AUTH`, `default`, `hunter2`\r\n-ERR hunter2 is wrong\r\n"));
        using var source = new StandaloneRedisSource(new RedisOptions { Node = new("127.0.0.1", server.Port), Password = "hunter2" }, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ReadAsync(default));

        Assert.Equal($"Redis at 127.0.0.1:{server.Port} refuses the user or the password", failure.Message);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_closed_while_idle_is_replaced_within_the_same_read()
    {
        await using var server = FaultyServer.Start(ScriptedRedis.Node("role:master\r\n", hangUpAfterCommands: 4));
        using var source = new StandaloneRedisSource(new RedisOptions { Node = new("127.0.0.1", server.Port) }, TimeProvider.System);

        for (var read = 0; read < 3; read++)
            Assert.Equal("master", Assert.Single((await source.ReadAsync(default)).Value.Nodes).Role);
    }

    private static Behaviour Fault(string fault) => fault switch
    {
        "never answers" => Behaviours.NeverAnswer,
        "hangs up" => Behaviours.HangUp,
        "drips" => Behaviours.Drip("+", 'x'),
        "drips a string" => Behaviours.Drip("$1000\r\n", 'x'),
        "answers an error" => Behaviours.Say("-NOAUTH Authentication required.\r\n"),
        "truncates" => Behaviours.Say("%7\r\n$6\r\nserver\r\n$5\r\nre"),
        "speaks HTTP" => Behaviours.HttpServer,
        "speaks SSH" => Behaviours.SshBanner,
        "announces a huge string" => Behaviours.Say("$9223372036854775807\r\nx"),
        "announces a huge array" => Behaviours.Say("*4000000000\r\n"),
        "announces nonsense" => Behaviours.Say("$-5\r\n"),
        "floods a line" => Behaviours.Flood("+", "a"),
        "floods elements" => Behaviours.Flood("*?\r\n", "+ok\r\n"),
        "nests without end" => Behaviours.Flood("", "*1\r\n"),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
