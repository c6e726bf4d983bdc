using Cockpit.Components.Incidents;
using Cockpit.Components.Mobile;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Incidents;

namespace Cockpit.Tests.Incidents;

public sealed class IncidentTextTests
{
    [Fact]
    public async Task Lead_says_what_is_open_and_what_nobody_has_taken()
    {
        await using var night = await Night.BeginAsync();
        Assert.Equal("No incident is open.", IncidentText.Lead([]));
        await night.TellAsync("a", Night.Alert());
        await night.TellAsync("b", Night.Alert("DiskFull"));
        IncidentStanding[] Open() => [.. night.Book.Open.Select(incident => new IncidentStanding(incident, null))];

        Assert.Equal("2 incidents are open; 2 of them nobody has taken.", IncidentText.Lead(Open()));
        await night.Desk.AcknowledgeAsync("1", Night.Jonas, "", CancellationToken.None);
        await night.Desk.AcknowledgeAsync("2", Night.Jonas, "", CancellationToken.None);
        Assert.Equal("2 incidents are open, and somebody is on each.", IncidentText.Lead(Open()));
    }

    [Theory]
    [InlineData("DevOps engineer", "Pages nobody, DevOps engineer, in")]
    [InlineData("On-call engineer", "Pages nobody, on-call engineer, in")]
    public void Role_stands_in_the_sentence_as_it_is_written(string role, string sentence) =>
        Assert.Equal(sentence, MobileText.Wakes(new UpcomingPage(DateTimeOffset.UnixEpoch, 1, role, null)));

    [Fact]
    public void Clock_is_the_reader_s_own_and_says_so_when_it_is_not()
    {
        var at = new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero);

        Assert.Equal(("00:30Z", "02:30", "02:30"), (MobileText.Clock(at, null),
            MobileText.Clock(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")), MobileText.Clock(at.AddHours(1), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"))));
    }

    [Fact]
    public async Task Handoff_summary_lists_the_week_and_what_is_still_open()
    {
        await using var night = await Night.BeginAsync();
        await night.TellAsync("a", Night.Alert());
        await night.LookAsync();
        await night.TellAsync("b", Night.Alert("DiskFull", severity: Domain.Alerts.Severity.P2));
        await night.TellAsync("b", Night.Alert("DiskFull", firing: false));
        var schedule = night.OnCall.Schedule;
        var handoff = schedule.NextHandoff(night.Clock.GetUtcNow());

        var summary = HandoffSummary.Draft(night.Book.Recent, schedule.LastHandoff(handoff.AddTicks(-1)), handoff, "Jonas Lindqvist", "Mei Tanaka");

        Assert.StartsWith("# Handoff 2026-11-23: Jonas Lindqvist to Mei Tanaka\n\n2 incidents, 1 page, 1 of them between 22:00 and 06:00 UTC.\n", summary);
        Assert.Contains("## Still open\n\n- 1 P1 ServiceDown is wrong: not acknowledged, 1 page\n", summary);
        Assert.Contains("## Over\n\n- 2 P2 DiskFull is wrong: resolved, over after 0\u202Fs, 0 pages\n", summary);
    }
}
