using Cockpit.Connectors.Postgres;
using Cockpit.Tests.Connectors.Postgres;
using Cockpit.UseCases.Observing;

namespace Cockpit.Tests.Connectors.Faults;

public sealed class PostgresFaultTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { "never answers", "did not answer in time" },
        { "never answers after the start", "did not answer in time" },
        { "never answers a query", "did not answer in time" },
        { "hangs up", "hung up before its answer was complete" },
        { "drips", "did not answer in time" },
        { "answers an error", "answered with an error: XX000 out of cheese" },
        { "has no slot left", "has no connection slot left" },
        { "refuses the password", "refuses the user or the password" },
        { "is starting", "is not ready for reads: the database system is starting up" },
        { "truncates", "hung up before its answer was complete" },
        { "speaks HTTP", "did not answer as PostgreSQL does" },
        { "speaks SSH", "did not answer as PostgreSQL does" },
        { "speaks HTTP after the start", "hung up before its answer was complete" },
        { "answers other rows", "did not answer as PostgreSQL does" },
        { "announces a huge message", "did not answer in time" },
        { "floods", "did not answer as PostgreSQL does" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_of_the_primary_ends_in_its_reason_and_the_next_read_recovers(string fault, string reason)
    {
        await using var server = FaultyServer.Start(Fault(fault));
        await using var source = Source(server.Port);

        Assert.Equal($"the primary {reason}", await FaultStory.TellAsync(server, ScriptedPostgres.Primary, source));
    }

    [Fact]
    public async Task Server_that_is_not_there_is_named_so_and_found_when_it_comes()
    {
        await using var server = FaultyServer.Absent(ScriptedPostgres.Primary);
        await using var source = Source(server.Port);

        var failure = await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ReadAsync(default));
        server.Listen();

        Assert.Equal("the primary refuses connections", failure.Message);
        Assert.Equal(100, (await source.ReadAsync(default)).Value.ConnectionsMax);
    }

    [Fact]
    public async Task Hung_standby_costs_its_own_figures_only_and_recovers()
    {
        await using var primary = FaultyServer.Start(ScriptedPostgres.Primary);
        await using var standby = FaultyServer.Start(Behaviours.NeverAnswer);
        await using var source = Source(primary.Port, standby.Port);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);

        var hung = (await source.ReadAsync(deadline.Token)).Value;
        standby.Behave = ScriptedPostgres.Standby(900);
        var well = (await source.ReadAsync(default)).Value;

        Assert.Equal(new("replica", null, null, null, null, null, "did not answer in time"), hung.Standbys.Single());
        Assert.Equal(new("replica", null, 100, TimeSpan.FromSeconds(0.5), false, null, "does not stream from the primary"), well.Standbys.Single());
    }

    [Fact]
    public async Task Password_is_in_no_failure()
    {
        await using var server = FaultyServer.Start(Fault("refuses the password"));
        await using var source = Source(server.Port);

        var failure = await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ReadAsync(default));

        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    private static PostgresReplicationSource Source(int primary, int? standby = null) => new(
        new PostgresOptions
        {
            Primary = To(primary),
            Standbys = standby is { } port ? [new("replica", To(port))] : [],
            Timeout = TimeSpan.FromSeconds(20),
        },
        TimeProvider.System);

    private static string To(int port) => $"Host=127.0.0.1;Port={port};Username=cockpit;Password=hunter2;Database=app";

    private static Behaviour Fault(string fault) => fault switch
    {
        "never answers" => Behaviours.NeverAnswer,
        "never answers after the start" => ScriptedPostgres.AfterStart(Behaviours.NeverAnswer),
        "never answers a query" => ScriptedPostgres.HangAfterSignIn,
        "hangs up" => Behaviours.HangUp,
        "drips" => ScriptedPostgres.AfterStart((stream, stopped) => DripAsync(stream, stopped)),
        "answers an error" => ScriptedPostgres.AfterStart(Tell(ScriptedPostgres.Error("XX000", "out of\ncheese"))),
        "has no slot left" => ScriptedPostgres.AfterStart(Tell(ScriptedPostgres.Error("53300", "sorry, too many clients already"))),
        "refuses the password" => ScriptedPostgres.AfterStart(Tell(ScriptedPostgres.Error("28P01", "password authentication failed for user \"cockpit\""))),
        "is starting" => ScriptedPostgres.AfterStart(Tell(ScriptedPostgres.Error("57P03", "the database system is starting up"))),
        "truncates" => ScriptedPostgres.AfterStart(Tell([(byte)'R', 0, 0, 0, 8, 0])),
        "speaks HTTP" => Behaviours.HttpServer,
        "speaks SSH" => Behaviours.SshBanner,
        "speaks HTTP after the start" => ScriptedPostgres.AfterStart(Tell("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray())),
        "answers other rows" => ScriptedPostgres.Serve(_ => [["a", "b", "c", "d", "e"]]),
        "announces a huge message" => ScriptedPostgres.AfterStart((stream, stopped) => StallAsync(stream, [(byte)'R', 0x7f, 0xff, 0xff, 0x00, 0, 0], stopped)),
        "floods" => ScriptedPostgres.AfterStart(async (stream, stopped) =>
        {
            while (true) await stream.WriteAsync(new byte[64 * 1024], stopped);
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private static Behaviour Tell(byte[] bytes) => async (stream, stopped) => await stream.WriteAsync(bytes, stopped);

    private static async Task StallAsync(System.Net.Sockets.NetworkStream stream, byte[] bytes, CancellationToken stopped)
    {
        await stream.WriteAsync(bytes, stopped);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopped);
    }

    // An endless notice: N, a length, and text one byte a second.
    private static async Task DripAsync(System.Net.Sockets.NetworkStream stream, CancellationToken stopped)
    {
        await stream.WriteAsync(new byte[] { (byte)'N', 0, 0, 16, 0 }, stopped);
        while (true)
        {
            await stream.WriteAsync("x"u8.ToArray(), stopped);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stopped);
        }
    }
}
