using Cockpit.Domain.Maintenance;
using Cockpit.Domain.Slo;

namespace Cockpit.Tests.Maintenance;

public class ExclusionPolicyTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 10, 2, 0, 0, TimeSpan.Zero);

    private static MaintenanceWindow Window(
        string id, DateTimeOffset startAt, double hours, double noticeHours = 72, DateTimeOffset? calledOffAt = null, params string[] services) =>
        new(id, id, startAt.AddHours(-noticeHours), new Period(startAt, startAt.AddHours(hours)), [.. services], calledOffAt);

    private static Exclusion[] Decide(params MaintenanceWindow[] windows) => [.. ExclusionPolicy.Standard.Decide(windows, "api")];

    [Theory]
    [InlineData(48, true)]
    [InlineData(47.999, false)]
    [InlineData(-1, false)]
    public void Maintenance_is_taken_out_only_when_declared_forty_eight_hours_ahead(double notice, bool counted)
    {
        var window = Window("a", Start, 2, notice);

        var decided = Assert.Single(Decide(window));

        Assert.Equal(counted ? TimeSpan.FromHours(2) : TimeSpan.Zero, decided.Length);
        Assert.Equal(counted ? [] : [new ExclusionShortfall.DeclaredTooLate(window.Notice, TimeSpan.FromHours(48))], decided.Shortfalls.AsEnumerable());
        Assert.False(decided.IsPartial);
    }

    [Fact]
    public void Maintenance_beyond_four_hours_a_month_is_taken_out_in_part_and_says_so()
    {
        var decided = Decide(Window("b", Start.AddDays(3), 2), Window("a", Start, 3));

        Assert.Equal(
            [
                new Exclusion(Window("a", Start, 3), [new Period(Start, Start.AddHours(3))], []),
                new Exclusion(
                    Window("b", Start.AddDays(3), 2), [new Period(Start.AddDays(3), Start.AddDays(3).AddHours(1))],
                    [new ExclusionShortfall.AllowanceSpent(new DateOnly(2026, 11, 1), TimeSpan.FromHours(1), TimeSpan.FromHours(4))]),
            ],
            decided);
        Assert.True(decided[1].IsPartial);
        Assert.Equal("60 min exceed the 4 h that 2026-11 allows.", decided[1].Shortfalls[0].Reason);
    }

    [Fact]
    public void Maintenance_of_exactly_four_hours_is_taken_out_whole() => Assert.Empty(Decide(Window("a", Start, 4))[0].Shortfalls);

    [Fact]
    public void Maintenance_declared_too_late_spends_no_allowance()
    {
        var decided = Decide(Window("late", Start, 4, 1), Window("b", Start.AddDays(1), 4));

        Assert.Equal(TimeSpan.FromHours(4), decided[1].Length);
    }

    [Fact]
    public void Maintenance_across_a_months_end_draws_on_both_months()
    {
        var eve = new DateTimeOffset(2026, 11, 30, 22, 0, 0, TimeSpan.Zero);

        var decided = Decide(Window("first", Start, 3), Window("across", eve, 6));

        Assert.Equal(
            [new Period(eve, eve.AddHours(1)), new Period(eve.AddHours(2), eve.AddHours(6))],
            decided[1].Counted.AsEnumerable());
        Assert.Equal([new ExclusionShortfall.AllowanceSpent(new DateOnly(2026, 11, 1), TimeSpan.FromHours(1), TimeSpan.FromHours(4))], decided[1].Shortfalls.AsEnumerable());
    }

    [Fact]
    public void Time_claimed_twice_is_taken_out_once()
    {
        var decided = Decide(Window("a", Start, 2), Window("b", Start.AddHours(1), 2));

        Assert.Equal([new Period(Start.AddHours(2), Start.AddHours(3))], decided[1].Counted.AsEnumerable());
        Assert.Equal([new ExclusionShortfall.Overlaps("a", TimeSpan.FromHours(1))], decided[1].Shortfalls.AsEnumerable());
    }

    [Fact]
    public void Maintenance_called_off_counts_as_far_as_it_went()
    {
        var decided = Decide(
            Window("early", Start, 2, calledOffAt: Start.AddHours(1)),
            Window("cancelled", Start.AddDays(1), 2, calledOffAt: Start));

        Assert.Equal([new Period(Start, Start.AddHours(1))], decided[0].Counted.AsEnumerable());
        Assert.Empty(decided[0].Shortfalls);
        Assert.Equal([new ExclusionShortfall.CalledOff()], decided[1].Shortfalls.AsEnumerable());
        Assert.Empty(decided[1].Counted);
    }

    [Fact]
    public void Maintenance_of_another_service_is_none_of_ours() => Assert.Empty(Decide(Window("a", Start, 1, services: "web")));
}
