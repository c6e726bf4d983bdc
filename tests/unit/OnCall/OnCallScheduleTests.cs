using Cockpit.Catalog;
using Cockpit.Domain.OnCall;
using Cockpit.Tests.Catalog;
using Cockpit.Tests.Incidents;

namespace Cockpit.Tests.OnCall;

public sealed class OnCallScheduleTests
{
    private static readonly OnCallPlan Plan = CatalogLoader.Load(Files.OwnCatalog).Catalog.OnCall!;
    private static readonly OnCallSchedule Own = new(Plan, []);

    [Theory]
    [InlineData("2026-01-05T08:59:59Z", "tomas")]
    [InlineData("2026-01-05T09:00:00Z", "amara")]
    [InlineData("2026-01-12T08:59:59Z", "amara")]
    [InlineData("2026-01-12T09:00:00Z", "jonas")]
    [InlineData("2026-11-22T03:12:00Z", "jonas")]
    public void Turn_begins_on_Monday_at_nine_and_not_a_second_before(string at, string primary) =>
        Assert.Equal(primary, Own.On("primary", DateTimeOffset.Parse(at)));

    [Theory]
    [InlineData("2026-11-23T08:59:00Z", null)]
    [InlineData("2026-11-23T09:00:00Z", "ingrid")]
    [InlineData("2026-11-23T17:59:00Z", "ingrid")]
    [InlineData("2026-11-23T18:00:00Z", null)]
    [InlineData("2026-11-22T12:00:00Z", null)]
    public void Manager_is_there_in_business_hours_only(string at, string? manager) => Assert.Equal(manager, Own.On("manager", DateTimeOffset.Parse(at)));

    [Fact]
    public void Handoff_keeps_its_hour_on_the_wall_across_both_changes_of_the_clocks()
    {
        var berlin = Own with { Plan = Plan with { Rotation = Plan.Rotation with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") } } };
        var handoffs = new List<DateTimeOffset>();
        for (var at = new DateTimeOffset(2026, 3, 16, 0, 0, 0, TimeSpan.Zero); handoffs.Count < 40; at = handoffs[^1]) handoffs.Add(berlin.NextHandoff(at));

        Assert.All(handoffs, handoff => Assert.Equal(
            (DayOfWeek.Monday, new TimeSpan(9, 0, 0)), (berlin.Plan.Rotation.Zone.At(handoff).DayOfWeek, berlin.Plan.Rotation.Zone.At(handoff).TimeOfDay)));
        Assert.Equal([167, 168, 169], handoffs.Zip(handoffs.Skip(1), (one, next) => (int)(next - one).TotalHours).Distinct().Order());
    }

    [Theory]
    [InlineData("02:30", "2026-03-29T01:30:00Z")]
    [InlineData("02:30", "2026-10-25T00:30:00Z")]
    public void Handoff_in_the_hour_that_is_skipped_or_comes_twice_happens_once(string at, string handoff)
    {
        var sunday = Own with
        {
            Plan = Plan with
            {
                Rotation = Plan.Rotation with
                {
                    Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
                    HandoffDay = DayOfWeek.Sunday,
                    HandoffAt = TimeOnly.Parse(at),
                    StartsOn = new DateOnly(2026, 1, 4),
                },
            },
        };
        var instant = DateTimeOffset.Parse(handoff);

        Assert.Equal(instant, sunday.NextHandoff(instant.AddSeconds(-1)));
        Assert.True(sunday.NextHandoff(instant) > instant.AddDays(6));
    }

    [Fact]
    public void Override_stands_in_for_its_time_alone_and_the_later_one_wins()
    {
        var from = new DateTimeOffset(2026, 11, 17, 20, 0, 0, TimeSpan.Zero);
        var schedule = Own with
        {
            Overrides =
            [
                new OnCallOverride("a", "primary", "mei", from, from.AddHours(12), "doctor", "Jonas"),
                new OnCallOverride("b", "primary", null, from.AddHours(2), from.AddHours(3), "nobody", "Jonas"),
            ],
        };

        Assert.Equal(
            [("jonas", 0d), ("mei", 2d), (null, 1d), ("mei", 9d), ("jonas", 0d)],
            schedule.Shifts("primary", from.AddDays(-1), from.AddDays(1)).Select((shift, index) =>
                (shift.Person, index is 0 or 4 ? 0 : (shift.Until - shift.From).TotalHours)));
        Assert.Equal([from.AddHours(2)], schedule.Gaps(from.AddDays(-1), from.AddDays(1)).Select(gap => gap.From));
    }

    [Fact]
    public void Shifts_cover_every_instant_and_agree_with_who_is_asked_for_it()
    {
        var from = new DateTimeOffset(2026, 10, 12, 3, 0, 0, TimeSpan.Zero);
        foreach (var layer in Plan.Layers)
        {
            var shifts = Own.Shifts(layer.Id, from, from.AddDays(40));
            Assert.Equal(shifts.Skip(1).Select(shift => shift.From), shifts.SkipLast(1).Select(shift => shift.Until));
            for (var at = from; at < from.AddDays(40); at = at.AddMinutes(37))
                Assert.Equal(Own.On(layer.Id, at), shifts.Single(shift => shift.From <= at && at < shift.Until).Person);
        }
    }

    [Fact]
    public async Task Swap_gives_each_the_other_s_week_and_survives_a_restart()
    {
        var night = await Night.BeginAsync();
        var now = night.Clock.GetUtcNow();
        var (one, other) = (now.AddDays(3), now.AddDays(10));
        Assert.Equal(("mei", "tomas"), (night.OnCall.Schedule.On("primary", one), night.OnCall.Schedule.On("primary", other)));

        Assert.Null(await night.Rota.SwapAsync("primary", one, other, "a wedding", Night.Jonas, CancellationToken.None));
        night = await night.RestartAsync();

        Assert.Equal(("tomas", "mei"), (night.OnCall.Schedule.On("primary", one), night.OnCall.Schedule.On("primary", other)));
        Assert.Equal("Sign in as a responder to do this.", await night.Rota.SwapAsync("primary", one, other, "", Night.Guest, CancellationToken.None));
        await night.DisposeAsync();
    }

    [Fact]
    public async Task Week_with_handoff_and_override_across_the_change_of_clocks_wakes_who_is_on_call_then()
    {
        var saturday = new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.Zero);
        await using var night = await Night.BeginAsync(saturday);
        await night.Rota.OverrideAsync("primary", "amara", saturday.AddHours(1), saturday.AddHours(9), "a party", Night.Jonas, CancellationToken.None);
        var woken = new List<string>();

        foreach (var hours in (int[])[0, 2, 10, 30, 48])
        {
            night.Clock.Jump(saturday.AddHours(hours) - night.Clock.GetUtcNow());
            await night.TellAsync(Night.Alert(instance: $"after {hours}"));
            await night.LookAsync();
            woken.Add(night.Book.Recent[0].Pages[0].Person);
            await night.TellAsync(Night.Alert(instance: $"after {hours}", firing: false));
        }

        Assert.Equal(["jonas", "amara", "jonas", "jonas", "mei"], woken);
    }
}

internal static class Wall
{
    public static DateTimeOffset At(this TimeZoneInfo zone, DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);
}
