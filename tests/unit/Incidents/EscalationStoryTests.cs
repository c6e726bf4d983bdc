using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Incidents;

namespace Cockpit.Tests.Incidents;

/// <summary>Nights as they go, minute by minute.</summary>
public sealed class EscalationStoryTests
{
    private static readonly DateTimeOffset MondayMorning = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Silence_wakes_the_primary_twice_then_the_secondary_then_the_manager()
    {
        await using var night = await Night.BeginAsync(MondayMorning);
        await night.TellAsync(Night.Alert());

        await night.WaitAsync(TimeSpan.FromMinutes(31));

        Assert.Equal(["0 mei", "5 mei", "15 jonas", "30 ingrid"], Night.PagesOf(night.Only)[..4]);
    }

    [Fact]
    public async Task Restarts_between_every_step_wake_nobody_twice_and_nobody_too_late()
    {
        var night = await Night.BeginAsync(MondayMorning);
        await night.TellAsync(Night.Alert());
        for (var minute = 0; minute < 62; minute++)
        {
            await night.WaitAsync(TimeSpan.FromSeconds(30));
            night = await night.RestartAsync();
        }

        Assert.Equal(["0 mei", "5 mei", "15 jonas", "30 ingrid"], Night.PagesOf(night.Only));
        await night.DisposeAsync();
    }

    [Fact]
    public async Task Cockpit_that_was_away_for_an_hour_makes_up_for_what_it_missed_once()
    {
        var night = await Night.BeginAsync(MondayMorning);
        await night.TellAsync(Night.Alert());
        await night.LookAsync();

        night.Clock.Jump(TimeSpan.FromMinutes(40));
        night = await night.RestartAsync();
        await night.LookAsync();
        await night.LookAsync();

        Assert.Equal(["0 mei", "40 mei", "40 jonas", "40 ingrid"], Night.PagesOf(night.Only));
        await night.DisposeAsync();
    }

    [Fact]
    public async Task Two_leaders_at_once_wake_everybody_once()
    {
        await using var one = await Night.BeginAsync(MondayMorning);
        await using var other = await one.BesideAsync();
        await one.TellAsync(Night.Alert());

        for (var minute = 0; minute < 16; minute++)
        {
            await Task.WhenAll(one.LookAsync(), other.LookAsync());
            one.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await one.CatchUpAsync();
        Assert.Equal(["0 mei", "5 mei", "15 jonas"], Night.PagesOf(one.Only));
    }

    [Fact]
    public async Task At_night_the_manager_is_passed_over_at_once_and_the_timeline_says_why()
    {
        await using var night = await Night.BeginAsync();
        await night.TellAsync(Night.Alert());

        await night.WaitAsync(TimeSpan.FromMinutes(31));

        Assert.Equal(["0 jonas", "5 jonas", "15 amara"], Night.PagesOf(night.Only));
        Assert.Contains(night.Only.Timeline, entry => entry.Text == "Level 3, Engineering manager, was passed over: it is staffed in business hours only");
    }

    [Fact]
    public async Task Exhausted_policy_runs_again_and_then_pages_the_manager_for_ever_even_at_night()
    {
        await using var night = await Night.BeginAsync();
        await night.TellAsync(Night.Alert());

        await night.WaitAsync(TimeSpan.FromMinutes(121));

        Assert.Equal(
            ["0 jonas", "5 jonas", "15 amara", "45 jonas", "60 amara", "90 samuel", "105 samuel", "120 samuel"], Night.PagesOf(night.Only));
        Assert.Equal(2, night.Only.Timeline.Count(entry => entry.Text.StartsWith("Everybody was asked", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Acknowledged_and_worked_on_nobody_else_is_woken()
    {
        await using var night = await Night.BeginAsync();
        await night.TellAsync(Night.Alert());
        await night.WaitAsync(TimeSpan.FromMinutes(3));

        await night.Desk.AcknowledgeAsync("1", Night.Jonas, "on the phone", CancellationToken.None);
        for (var hour = 0; hour < 6; hour++)
        {
            await night.WaitAsync(TimeSpan.FromMinutes(10));
            await night.Desk.NoteAsync("1", $"still at it {hour}", Night.Jonas, CancellationToken.None);
        }

        Assert.Equal(["0 jonas"], Night.PagesOf(night.Only));
    }

    [Fact]
    public async Task Acknowledged_and_fallen_asleep_lapses_and_wakes_the_sleeper_and_the_next()
    {
        await using var night = await Night.BeginAsync();
        await night.TellAsync(Night.Alert());
        await night.WaitAsync(TimeSpan.FromMinutes(2));
        await night.Desk.AcknowledgeAsync("1", Night.Jonas, "on the phone", CancellationToken.None);

        await night.WaitAsync(TimeSpan.FromMinutes(16));

        Assert.Equal(["0 jonas", "17 jonas", "17 amara"], Night.PagesOf(night.Only));
        Assert.Equal((IncidentState.Triggered, "not acknowledged any more"), (night.Only.State, night.Only.StateText));
    }

    [Fact]
    public async Task Major_incident_wakes_the_executives_at_once_and_once()
    {
        await using var night = await Night.BeginAsync();
        await night.TellAsync(Night.Alert());
        await night.LookAsync();
        await night.Desk.AcknowledgeAsync("1", Night.Jonas, "on the phone", CancellationToken.None);

        await night.Desk.DeclareMajorAsync("1", "no orders go through", Night.Jonas, CancellationToken.None);
        await night.WaitAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(["0 jonas", "0 victoria"], Night.PagesOf(night.Only).Select(page => page.Replace("1 v", "0 v")).ToArray());
    }

    [Fact]
    public async Task Card_s_scenario_names_the_people()
    {
        await using var night = await Night.BeginAsync();
        await night.TellAsync(Night.Alert("RiskAlertsStorm", card: "risk-alerts-storm"));

        await night.WaitAsync(TimeSpan.FromMinutes(31));

        Assert.Equal(["0 rafael", "5 rafael", "15 jonas", "30 noor"], Night.PagesOf(night.Only));
    }

    [Fact]
    public async Task What_may_wait_until_the_morning_wakes_people_later()
    {
        await using var night = await Night.BeginAsync();
        await night.TellAsync(Night.Alert("Odd", severity: Domain.Alerts.Severity.P3));

        await night.WaitAsync(TimeSpan.FromMinutes(95), TimeSpan.FromMinutes(1));

        Assert.Equal("P3", night.Only.Severity.ToString());
        Assert.Equal(2, night.Only.Level);
    }

    [Fact]
    public async Task Asking_for_help_twice_with_one_press_wakes_one_person()
    {
        await using var night = await Night.BeginAsync();
        await night.TellAsync(Night.Alert());
        await night.LookAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 2)
            .Select(_ => night.Desk.EscalateAsync("1", "I need a hand", Night.Jonas, 1, CancellationToken.None)));

        Assert.All(answers, answer => Assert.IsType<IncidentAnswer.Done>(answer));
        await night.CatchUpAsync();
        Assert.Equal(["0 jonas", "0 amara"], Night.PagesOf(night.Only));
    }
}
