using Cockpit.Connectors.Embedded;
using Cockpit.Domain.Slo;
using Cockpit.Tests.Support;

namespace Cockpit.Tests.Objectives;

public sealed class PastKeeperTests
{
    [Fact]
    public async Task Restart_keeps_history_and_counts_what_happened_meanwhile()
    {
        var before = new ObjectivesRig();
        await before.ServeAsync(TimeSpan.FromMinutes(30), 100, 0.001);
        await before.Past.SaveAllAsync();
        before.Clock.Advance(TimeSpan.FromMinutes(10));

        var after = new ObjectivesRig(before.Clock, before.Archive);
        after.Source.Say(ObjectivesRig.Good, ("a", before.Succeeded + 400)).Say(ObjectivesRig.Total, ("a", before.Served + 400));
        await after.RoundAsync();

        Assert.Equal(before.Shop.Assessment.Raw.Counted + Tally.Of(400, 400), after.Shop.Assessment.Raw.Counted);
        Assert.False(after.Past.WantsBackfill && after.Board.Current.History.ToFill > 1);
    }

    [Fact]
    public async Task Alert_that_fired_before_a_restart_goes_on_since_the_same_instant()
    {
        var before = new ObjectivesRig();
        await before.ServeAsync(TimeSpan.FromMinutes(30), 100, 0.5);
        await before.Past.SaveAllAsync();

        var after = new ObjectivesRig(before.Clock, before.Archive) { Served = before.Served, Succeeded = before.Succeeded };
        await after.ServeAsync(TimeSpan.FromMinutes(1), 100, 0.5);

        Assert.Equal(before.Board.Current.Alerts[0].Since, after.Board.Current.Alerts[0].Since);
    }

    [Fact]
    public async Task Damaged_history_begins_anew()
    {
        var before = new ObjectivesRig();
        await before.ServeAsync(TimeSpan.FromMinutes(5), 100, 0);
        await before.Past.SaveAllAsync();
        before.Archive.Kept["shop-availability"] = before.Archive.Kept["shop-availability"] with { Series = [1, 2, 3] };

        var after = new ObjectivesRig(before.Clock, before.Archive);
        await after.ServeAsync(TimeSpan.FromSeconds(30), 100, 0);

        Assert.Equal(100, after.Shop.Assessment.Raw.Counted.Total);
    }

    [Fact]
    public async Task First_start_fetches_thirty_days_and_goes_on_from_their_last_reading()
    {
        var rig = new ObjectivesRig();
        var begin = rig.Clock.GetUtcNow().AddDays(-40);
        double Served(DateTimeOffset at) => Math.Floor((at - begin).TotalMinutes) * 60;
        rig.Source.Past[ObjectivesRig.Total] = Served;
        rig.Source.Past[ObjectivesRig.Good] = at => Served(at) * 0.9995;
        rig.Source.Past[ObjectivesRig.Gauge] = _ => 1;
        await rig.RoundAsync();
        await rig.Past.BackfillAsync(CancellationToken.None);
        rig.Clock.Advance(TimeSpan.FromSeconds(15));
        var now = rig.Clock.GetUtcNow();
        rig.Source.Say(ObjectivesRig.Total, ("", Served(now))).Say(ObjectivesRig.Good, ("", Served(now) * 0.9995)).Say(ObjectivesRig.Gauge, 1);

        await rig.RoundAsync();

        Assert.InRange(rig.Shop.Assessment.Raw.Counted.Total, 30 * 1440 * 60 * 0.999, 30 * 1440 * 60 * 1.001);
        Assert.Equal(0.5, rig.Shop.Assessment.Raw.ConsumedShare, 2);
        Assert.InRange(rig.Age.Assessment.Raw.Counted.Total, 30 * 1440 * 0.999, 30 * 1440 * 1.001);
        Assert.False(rig.Board.Current.History.Backfilling);
    }

    [Fact]
    public async Task Source_that_is_away_at_the_start_is_asked_for_its_past_again_and_again_ever_more_seldom()
    {
        var rig = new ObjectivesRig();
        rig.Source.RangesAreAway = true;
        await rig.RoundAsync();
        Assert.True(rig.Past.WantsBackfill);
        await rig.Past.BackfillAsync(CancellationToken.None);
        Assert.Equal(("the server is away", 0, false), (rig.Board.History.Failure, rig.Board.History.Filled, rig.Past.WantsBackfill));
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(rig.Past.WantsBackfill);
        await rig.Past.BackfillAsync(CancellationToken.None);
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(rig.Past.WantsBackfill);
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(rig.Past.WantsBackfill);

        rig.Source.RangesAreAway = false;
        rig.Source.Past[ObjectivesRig.Gauge] = _ => 1;
        await rig.Past.BackfillAsync(CancellationToken.None);
        rig.Source.Say(ObjectivesRig.Gauge, 1);
        await rig.RoundAsync(TimeSpan.FromSeconds(15));

        Assert.Equal((null, 2, false), (rig.Board.History.Failure, rig.Board.History.Filled, rig.Past.WantsBackfill));
        Assert.InRange(rig.Age.Assessment.Raw.Counted.Total, 30 * 1440 * 0.999, 30 * 1440 * 1.001);
    }

    [Fact]
    public async Task Objective_of_which_nothing_was_ever_counted_has_no_line_and_no_trend()
    {
        var rig = new ObjectivesRig();
        await rig.RoundAsync();
        await rig.RoundAsync(TimeSpan.FromHours(2));

        Assert.Empty(rig.Shop.Trend);
        Assert.Empty(rig.Board.BurnDown("shop-availability")!.Budget);
    }

    [Fact]
    public async Task Line_of_the_budget_begins_when_counting_began()
    {
        var rig = new ObjectivesRig();
        await rig.ServeAsync(TimeSpan.FromHours(3), 100, 0.0001);

        var drawn = rig.Board.BurnDown("shop-availability")!;

        Assert.True(drawn.Budget[0].At >= drawn.FirstSampleAt, $"{drawn.Budget[0]} before {drawn.FirstSampleAt}");
    }

    [Fact]
    public async Task Simulated_source_gets_an_imagined_past_that_says_so_and_repeats()
    {
        async Task<ObjectivesRig> StartAsync()
        {
            var rig = new ObjectivesRig(new FakeClock(), null, isSimulated: true, new ImaginedPast(7));
            rig.Source.Say(ObjectivesRig.Good, ("", 11_999)).Say(ObjectivesRig.Total, ("", 12_000)).Say(ObjectivesRig.Gauge, 1).Say("people", 4000);
            await rig.RoundAsync();
            return rig;
        }

        var (one, other) = (await StartAsync(), await StartAsync());

        Assert.Equal(one.Shop.Assessment.Raw, other.Shop.Assessment.Raw);
        Assert.Equal(one.Clock.GetUtcNow(), one.Board.Current.History.SimulatedUntil);
        Assert.InRange(one.Shop.Assessment.Raw.ConsumedShare, 0.05, 0.7);
        Assert.Empty(one.Board.Current.Alerts);
        Assert.NotNull(one.Board.Current.Executive.Users.Usual);
        Assert.InRange(one.Shop.Trend.Length, 90, 121);
    }
}
