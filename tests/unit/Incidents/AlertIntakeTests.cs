using Cockpit.Domain.Alerts;
using Cockpit.Domain.Incidents;
using Cockpit.Tests.Recording;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Incidents;

public sealed class AlertIntakeTests : IAsyncLifetime
{
    private Night _night = null!;

    public async Task InitializeAsync() => _night = await Night.BeginAsync();

    public async Task DisposeAsync() => await _night.DisposeAsync();

    [Fact]
    public async Task Alerts_of_one_group_are_one_incident()
    {
        await _night.TellAsync("g", Night.Alert(instance: "a"));
        await _night.TellAsync("g", Night.Alert(instance: "a"), Night.Alert(instance: "b"));
        await _night.TellAsync("other", Night.Alert("DiskFull"));

        Assert.Equal([1, 2], _night.Book.Recent.Select(incident => incident.Alerts.Count));
    }

    [Fact]
    public async Task Alerts_of_one_card_are_one_incident_whatever_their_group()
    {
        await _night.TellAsync("g1", Night.Alert("WebSocketsDegraded", card: "degraded-websockets"));
        await _night.TellAsync("g2", Night.Alert("WebSocketLatency", card: "degraded-websockets"));

        Assert.Equal(("websocket-degradation", 2), (_night.Only.Opening.Scenario, _night.Only.Firing));
    }

    [Fact]
    public async Task Repetition_adds_nothing_to_the_ledger()
    {
        await _night.TellAsync("g", Night.Alert());
        var entries = _night.Store.Entries.Length;

        for (var time = 0; time < 5; time++) await _night.TellAsync("g", Night.Alert(), Night.Alert());

        Assert.Equal(entries, _night.Store.Entries.Length);
    }

    [Fact]
    public async Task All_alerts_over_resolves_and_coming_back_soon_opens_it_again()
    {
        await _night.TellAsync("g", Night.Alert(instance: "a"), Night.Alert(instance: "b"));
        await _night.TellAsync("g", Night.Alert(instance: "a", firing: false));
        Assert.Equal((IncidentState.Triggered, 1), (_night.Only.State, _night.Only.Firing));

        await _night.TellAsync("g", Night.Alert(instance: "b", firing: false));
        Assert.Equal((IncidentState.Resolved, 0), (_night.Only.State, _night.Only.Firing));

        _night.Clock.Advance(TimeSpan.FromMinutes(10));
        await _night.TellAsync("g", Night.Alert(instance: "b"));
        Assert.Equal((IncidentState.Triggered, 1), (_night.Only.State, _night.Only.Firing));
    }

    [Fact]
    public async Task Coming_back_the_next_day_is_a_new_incident()
    {
        await _night.TellAsync("g", Night.Alert());
        await _night.TellAsync("g", Night.Alert(firing: false));
        _night.Clock.Advance(TimeSpan.FromHours(20));

        await _night.TellAsync("g", Night.Alert());

        Assert.Equal(["2", "1"], _night.Book.Recent.Select(incident => incident.Id));
    }

    [Fact]
    public async Task End_that_overtakes_its_beginning_leaves_nothing_open()
    {
        var start = _night.Clock.GetUtcNow();

        await _night.TellAsync("g", Night.Alert(firing: false, startedAt: start));
        await _night.TellAsync("g", Night.Alert(startedAt: start));

        Assert.Equal(IncidentState.Resolved, _night.Only.State);
    }

    [Fact]
    public async Task Beginning_that_comes_late_does_not_open_it_again_but_a_server_that_was_away_does()
    {
        var start = _night.Clock.GetUtcNow();
        await _night.TellAsync("g", Night.Alert(startedAt: start));
        await _night.TellAsync("g", Night.Alert(firing: false, startedAt: start));

        await _night.TellAsync("g", Night.Alert(startedAt: start));
        Assert.Equal(IncidentState.Resolved, _night.Only.State);

        _night.Clock.Advance(IncidentAlert.LateWithin);
        await _night.TellAsync("g", Night.Alert(startedAt: start));
        Assert.Equal(IncidentState.Triggered, _night.Only.State);
    }

    [Fact]
    public async Task Alert_that_ends_and_begins_anew_in_one_delivery_still_fires()
    {
        var start = _night.Clock.GetUtcNow();
        await _night.TellAsync("g", Night.Alert(startedAt: start));

        await _night.TellAsync("g", Night.Alert(firing: false, startedAt: start), Night.Alert(startedAt: start.AddSeconds(20)));

        Assert.Equal((IncidentState.Triggered, 1), (_night.Only.State, _night.Only.Firing));
    }

    [Fact]
    public async Task Storm_is_one_incident_with_a_count_and_few_entries()
    {
        var alerts = Enumerable.Range(0, 10_000).Select(number => Night.Alert($"Rule{number % 400}", instance: $"i{number}")).ToArray();

        await _night.Intake.StoreAsync(
            [.. alerts.GroupBy(alert => alert.Name).Select(group => new AlertBatch("Alertmanager", group.Key, [.. group], 0))], CancellationToken.None);

        Assert.Equal(11, _night.Book.Recent.Length);
        Assert.Equal(10_000, _night.Book.Recent.Sum(incident => incident.Firing));
        Assert.Equal(9_750, Assert.Single(_night.Book.Recent, incident => incident.Opening.IsStorm).Firing);
        Assert.True(_night.Store.Entries.Length < 60, $"{_night.Store.Entries.Length} entries");
    }

    [Fact]
    public async Task Two_instances_that_are_told_at_once_open_one_incident()
    {
        await using var other = await _night.BesideAsync();

        await Task.WhenAll(_night.TellAsync("g", Night.Alert()), other.TellAsync("g", Night.Alert()));

        await _night.CatchUpAsync();
        Assert.Equal(1, _night.Only.Firing);
    }

    [Fact]
    public async Task Storage_that_is_away_is_told_to_the_sender_and_the_repetition_counts()
    {
        _night.Store.IsDown = true;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => _night.TellAsync("g", Night.Alert()));

        _night.Store.IsDown = false;
        await _night.TellAsync("g", Night.Alert());

        Assert.Equal(1, _night.Only.Firing);
    }

    [Fact]
    public async Task Lost_answer_of_storage_makes_no_second_incident()
    {
        _night.Store.Fault = number => number == 1 ? AppendFault.LostAfter : AppendFault.None;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => _night.TellAsync("g", Night.Alert()));

        await _night.TellAsync("g", Night.Alert());

        Assert.Equal(1, _night.Only.Firing);
    }

    [Fact]
    public async Task Worse_alert_makes_the_incident_worse_and_a_milder_one_does_not_make_it_milder()
    {
        await _night.TellAsync("g", Night.Alert("Odd", instance: "a", severity: Severity.P2));
        await _night.TellAsync("g", Night.Alert("Odd", instance: "b", severity: Severity.P1));
        await _night.TellAsync("g", Night.Alert("Odd", instance: "c", severity: Severity.P3));

        Assert.Equal(Severity.P1, _night.Only.Severity);
    }

    [Fact]
    public async Task Runbook_decides_the_severity_and_its_time_when_its_figures_are_unknown_the_label_does()
    {
        await _night.TellAsync("g", Night.Alert("HighErrorRate", severity: Severity.P1));

        Assert.Equal((Severity.P1, TimeSpan.FromMinutes(2)), (_night.Only.Severity, _night.Only.RespondWithin));
    }

    [Theory]
    [InlineData(-30, -30)]
    [InlineData(45, 0)]
    [InlineData(-60 * 24 * 400, 0)]
    public async Task Sender_s_clock_that_disagrees_moves_the_beginning_only_where_it_can_be_true(int startedMinutesFromNow, int believedMinutesFromNow)
    {
        var now = _night.Clock.GetUtcNow();

        await _night.TellAsync("g", Night.Alert(startedAt: now.AddMinutes(startedMinutesFromNow)));

        Assert.Equal(now.AddMinutes(believedMinutesFromNow), _night.Only.StartedAt);
        Assert.Equal(TimeSpan.FromMinutes(-believedMinutesFromNow), IncidentOutcome.Of(_night.Only).ToDetect);
        await _night.LookAsync();
        Assert.Equal(["0 jonas"], Night.PagesOf(_night.Only));
    }

    [Fact]
    public async Task Same_delivery_replayed_ten_minutes_later_wakes_nobody_again()
    {
        var body = """{"version":"4","groupKey":"g","status":"firing","alerts":[{"status":"firing","labels":{"alertname":"Down","severity":"critical"},"startsAt":"2026-11-22T03:12:00Z"}]}""";
        await _night.PostAsync(body);
        await _night.Desk.AcknowledgeAsync("1", Night.Jonas, "on the phone", CancellationToken.None);
        var pages = _night.Only.Pages.Length;

        _night.Clock.Advance(TimeSpan.FromMinutes(10));
        for (var time = 0; time < 3; time++) await _night.PostAsync(body);
        await _night.LookAsync();

        Assert.Equal((1, pages, IncidentState.Acknowledged), (_night.Book.Recent.Length, _night.Only.Pages.Length, _night.Only.State));
    }

    [Fact]
    public async Task Alert_without_any_label_opens_an_incident_that_says_what_is_missing_and_pages()
    {
        await _night.PostAsync("""{"version":"4","alerts":[{"status":"firing"}]}""");
        await _night.LookAsync();

        Assert.Equal("An alert that could not be understood", _night.Only.Title);
        Assert.Contains(_night.Only.Timeline, entry => entry.Text == "Not all of it could be understood: it has no labels");
        Assert.Single(_night.Only.Pages);
    }
}
