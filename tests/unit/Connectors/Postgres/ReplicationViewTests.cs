using Cockpit.Connectors.Postgres;
using Cockpit.Domain.Health;

namespace Cockpit.Tests.Connectors.Postgres;

public sealed class ReplicationViewTests
{
    private static readonly WalSender Row = new("replica", "streaming", "10.0.0.2", 1000, null, null, true);
    private static readonly StandbyAccount Idle = new(true, 1000, 1000, TimeSpan.FromHours(3), false, null, "replica", null);

    [Fact]
    public void Idle_standby_without_a_replay_lag_is_not_behind() =>
        Assert.Equal(new StandbyReading("replica", "streaming", 0, TimeSpan.Zero, false, null, null), Join(1000, [Row], Says(Idle)));

    [Fact]
    public void Waiting_log_makes_the_newest_commits_age_the_delay() =>
        Assert.Equal(
            new StandbyReading("replica", "streaming", 5000, TimeSpan.FromSeconds(9), true, TimeSpan.FromMinutes(1), null),
            Join(6000, [Row], Says(Idle with { SinceCommit = TimeSpan.FromSeconds(9), ReplayPaused = true, LongestQuery = TimeSpan.FromMinutes(1) })));

    [Fact]
    public void Position_read_a_moment_later_and_ahead_is_caught_up() =>
        Assert.Equal(new StandbyReading("replica", "streaming", 0, TimeSpan.Zero, false, null, null), Join(1000, [Row], Says(Idle with { Replayed = 1200 })));

    [Fact]
    public void Record_on_its_way_to_an_idle_standby_does_not_make_it_hours_behind()
    {
        var moment = TimeSpan.FromMilliseconds(60);

        Assert.Equal(moment, Join(1100, [Row], new StandbyAnswer("replica", Idle, moment, null)).Behind);
        Assert.Equal(TimeSpan.FromHours(3), Join(1100, [Row], Says(Idle)).Behind);
    }

    [Fact]
    public void Standby_that_never_replayed_a_commit_has_bytes_but_no_seconds() =>
        Assert.Equal((500L, null), Join(1500, [Row], Says(Idle with { SinceCommit = null })) is var reading ? (reading.BytesBehind, reading.Behind) : default);

    [Fact]
    public void Vanished_standby_is_bad_and_not_absent() =>
        Assert.Equal(new StandbyReading("replica", null, null, null, null, null, "refuses connections"), Join(1000, [], Silent("refuses connections")));

    [Fact]
    public void Standby_that_runs_but_lost_its_stream_says_so() =>
        Assert.Equal(
            new StandbyReading("replica", null, 4000, TimeSpan.FromHours(3), false, null, "does not stream from the primary"), Join(5000, [], Says(Idle)));

    [Fact]
    public void Standby_that_only_the_primary_sees_is_measured_by_the_primary()
    {
        Assert.Equal(
            new StandbyReading("replica", "streaming", 500, TimeSpan.FromSeconds(2), null, null, "did not answer in time"),
            Join(1500, [Row with { ReplayLag = TimeSpan.FromSeconds(2) }], Silent("did not answer in time")));
        Assert.Equal(TimeSpan.Zero, Join(1000, [Row], Silent("did not answer in time")).Behind);
    }

    [Fact]
    public void Starting_walsender_at_zero_measures_nothing() =>
        Assert.Equal(
            new StandbyReading("replica", "startup", null, null, null, null, "is not ready for reads"),
            Join(1000, [Row with { State = "startup", Replayed = 0 }], Silent("is not ready for reads")));

    [Fact]
    public void Promoted_standby_is_no_standby() =>
        Assert.Equal(
            "is not a standby: it was promoted or stands alone", Join(1000, [], Says(Idle with { InRecovery = false, ReplayPaused = null })).Failure);

    [Fact]
    public void Namesakes_are_told_apart_by_slot_then_by_position()
    {
        WalSender[] rows =
        [
            new("walreceiver", "catchup", "10.0.0.2", 700, null, "slot_b", true),
            new("walreceiver", "streaming", "10.0.0.3", 900, null, null, true),
            new("walreceiver", "startup", "10.0.0.4", 0, null, null, true),
        ];
        var reading = ReplicationView.Join(
            new(false, 1000, 1, 100, [.. rows]),
            [
                new("a", Idle with { Replayed = 900, ReceiverName = "walreceiver" }, null, null),
                new("b", Idle with { Replayed = 750, ReceiverName = "walreceiver", Slot = "slot_b" }, null, null),
            ]);

        Assert.Equal([("a", "streaming"), ("b", "catchup"), ("walreceiver", "startup")], reading.Standbys.Select(standby => (standby.Name, standby.State)));
    }

    [Fact]
    public void Unconfigured_standbys_are_listed_and_backup_tools_and_subscribers_are_not()
    {
        var reading = ReplicationView.Join(
            new(false, 1000, 1, 100,
            [
                new("walreceiver", "streaming", "10.0.0.5", 400, TimeSpan.FromSeconds(1), null, true),
                new("walreceiver", "streaming", "10.0.0.6", 1000, null, null, true),
                new("pg_receivewal", "streaming", "10.0.0.7", null, null, null, false),
            ]),
            []);

        Assert.Equal(
            [
                new StandbyReading("walreceiver (10.0.0.5)", "streaming", 600, TimeSpan.FromSeconds(1), null, null, null),
                new StandbyReading("walreceiver (10.0.0.6)", "streaming", 0, TimeSpan.Zero, null, null, null),
            ],
            reading.Standbys.ToArray());
    }

    private static StandbyAnswer Says(StandbyAccount account) => new("replica", account, null, null);

    private static StandbyAnswer Silent(string why) => new("replica", null, null, why);

    private static StandbyReading Join(long position, WalSender[] rows, StandbyAnswer answer) =>
        Assert.Single(ReplicationView.Join(new(false, position, 1, 100, [.. rows]), [answer]).Standbys);
}
