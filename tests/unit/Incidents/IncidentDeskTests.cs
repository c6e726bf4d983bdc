using Cockpit.Domain.Alerts;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Incidents;

namespace Cockpit.Tests.Incidents;

public sealed class IncidentDeskTests : IAsyncLifetime
{
    private Night _night = null!;

    public async Task InitializeAsync()
    {
        _night = await Night.BeginAsync();
        await _night.TellAsync("g", Night.Alert(instance: "a"), Night.Alert(instance: "b"));
    }

    public async Task DisposeAsync() => await _night.DisposeAsync();

    [Fact]
    public async Task Two_who_acknowledge_at_once_are_one_acknowledgement_and_the_other_is_told_whose_it_is()
    {
        await using var beside = await _night.BesideAsync();

        var answers = await Task.WhenAll(
            _night.Desk.AcknowledgeAsync("1", Night.Jonas, "on the phone", CancellationToken.None),
            beside.Desk.AcknowledgeAsync("1", Night.Amara, "at the desk", CancellationToken.None));

        Assert.Single(_night.Store.Entries, entry => entry.Type == "incident.acknowledged");
        var winner = Assert.Single(answers.OfType<IncidentAnswer.Done>()).Incident.AcknowledgedBy!.Value.Name;
        Assert.Equal($"{winner} was faster: the incident is theirs. Write a note if you help.", Assert.Single(answers.OfType<IncidentAnswer.Refused>()).Sentence);
    }

    [Fact]
    public async Task Same_press_twice_is_one()
    {
        for (var press = 0; press < 2; press++)
        {
            Assert.IsType<IncidentAnswer.Done>(await _night.Desk.AcknowledgeAsync("1", Night.Jonas, "on the phone", CancellationToken.None));
            Assert.IsType<IncidentAnswer.Done>(await _night.Desk.NoteAsync("1", "looking", Night.Jonas, CancellationToken.None));
            Assert.IsType<IncidentAnswer.Done>(await _night.Desk.MitigateAsync("1", null, Night.Jonas, CancellationToken.None));
        }

        Assert.Equal(["incident.acknowledged", "incident.note-added", "incident.mitigated"], _night.Store.Types.Where(type => type is not ("incident.opened" or "incident.alerts-seen")));
    }

    [Fact]
    public async Task Guest_may_do_nothing()
    {
        Assert.IsType<IncidentAnswer.Refused>(await _night.Desk.AcknowledgeAsync("1", Night.Guest, "", CancellationToken.None));
        Assert.IsType<IncidentAnswer.Refused>(await _night.Desk.AcknowledgeAsync("1", null, "", CancellationToken.None));
        Assert.Equal(IncidentState.Triggered, _night.Only.State);
    }

    [Fact]
    public async Task Resolving_over_firing_alerts_costs_a_reason()
    {
        Assert.Equal(new IncidentAnswer.Refused("2 of its alerts still fire. Say why it is over all the same."),
            await _night.Desk.ResolveAsync("1", " ", Night.Jonas, CancellationToken.None));

        Assert.IsType<IncidentAnswer.Done>(await _night.Desk.ResolveAsync("1", "a drill", Night.Jonas, CancellationToken.None));
    }

    [Fact]
    public async Task Merged_incident_goes_on_in_the_other_with_its_alerts()
    {
        await _night.TellAsync("h", Night.Alert("DiskFull"));

        await _night.Desk.MergeAsync("2", "1", Night.Jonas, CancellationToken.None);
        await _night.TellAsync("h", Night.Alert("DiskFull", firing: false));

        Assert.Equal((IncidentState.Merged, "1"), (_night.Book.Find("2")!.State, _night.Book.Find("2")!.MergedInto));
        Assert.Equal((3, 2), (_night.Book.Find("1")!.Alerts.Count, _night.Book.Find("1")!.Firing));
    }

    [Fact]
    public async Task Split_incident_takes_its_alerts_along_and_further_news_of_them()
    {
        await _night.Desk.SplitAsync("1", ["ServiceDown/b"], Night.Jonas, CancellationToken.None);
        await _night.TellAsync("g", Night.Alert(instance: "b", firing: false));

        Assert.Equal((IncidentState.Resolved, IncidentState.Triggered), (_night.Book.Find("2")!.State, _night.Book.Find("1")!.State));
        Assert.Equal(1, _night.Book.Find("1")!.Firing);
    }

    [Fact]
    public async Task Declared_incident_pages_like_any_other()
    {
        var answer = await _night.Desk.DeclareAsync("Orders fail", Severity.P1, "redis-failover", ["redis"], Night.Jonas, CancellationToken.None);
        await _night.LookAsync();

        var incident = _night.Book.Find(Assert.IsType<IncidentAnswer.Done>(answer).Incident.Id)!;
        Assert.Equal(("Orders fail", "redis-failover", "amara"), (incident.Title, incident.Opening.Scenario, incident.Pages[0].Person));
    }

    [Fact]
    public async Task Review_is_drafted_with_times_people_and_no_markup_from_labels()
    {
        await _night.TellAsync("x", Night.Alert("<script>|x", instance: "<img>"));
        _night.Clock.Advance(TimeSpan.FromMinutes(4));
        await _night.Desk.AcknowledgeAsync("2", Night.Jonas, "on the phone", CancellationToken.None);
        _night.Clock.Advance(TimeSpan.FromMinutes(20));
        await _night.Desk.ResolveAsync("2", "restarted it", Night.Jonas, CancellationToken.None);

        var review = IncidentReview.Draft(_night.Book.Find("2")!, []);

        Assert.Contains("| acknowledge | 4\u202Fmin |", review);
        Assert.Contains("| resolve | 24\u202Fmin |", review);
        Assert.Contains("- Responder: Jonas Lindqvist", review);
        Assert.DoesNotContain("<script>", review);
        Assert.IsType<IncidentAnswer.Done>(await _night.Desk.ReviewAsync("2", review, true, Night.Jonas, CancellationToken.None));
        Assert.Equal(IncidentState.Reviewed, _night.Book.Find("2")!.State);
        Assert.Equal(TimeSpan.FromMinutes(24), MonthOfIncidents.Of(_night.Book.Outcomes)[0].ToResolve);
    }
}
