using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Cockpit.Domain.Incidents;
using Cockpit.Tests.Hubs;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Notifying;
using Microsoft.Extensions.DependencyInjection;

namespace Cockpit.Tests.Mobile;

/// <summary>The whole server, with a phone that knows links and forms and nothing else.</summary>
public sealed class PhoneTests : IAsyncLifetime
{
    private readonly RunningCockpit _cockpit = new();
    private Phone _phone = null!;

    private IncidentBook Book => _cockpit.Services.GetRequiredService<IncidentBook>();

    public async Task InitializeAsync()
    {
        await _cockpit.StartAsync("--Alertmanager:Token", Phone.AlertToken, "--Alertmanager:MaxBytes", "20000");
        _phone = new Phone(_cockpit.Address);
    }

    public async Task DisposeAsync()
    {
        _phone.Dispose();
        await _cockpit.DisposeAsync();
    }

    [Fact]
    public async Task Incident_is_acknowledged_noted_and_resolved_with_forms_alone()
    {
        await _phone.AlertAsync("firing");
        await _phone.SignInAsync("demo-responder");
        var page = await _phone.GetAsync("/m/incidents/1");
        Assert.Contains("The API is down", page);
        Assert.DoesNotContain("blazor", page);

        var answer = await _phone.SubmitAsync("/m/incidents/1/acknowledge", page);
        Assert.Equal((HttpStatusCode.SeeOther, true), (answer.StatusCode, answer.Headers.Location!.ToString().StartsWith("/m/incidents/1?said=", StringComparison.Ordinal)));
        await _phone.SubmitAsync("/m/incidents/1/acknowledge", page);
        await _phone.SubmitAsync("/m/incidents/1/note", page, ("text", "looking <at> it"));
        await _phone.SubmitAsync("/m/incidents/1/note", page, ("text", "looking <at> it"));
        Assert.Contains("acknowledged by Sam Okafor", await _phone.GetAsync("/m/incidents/1"));
        Assert.Contains("looking <at> it", await _phone.GetAsync("/m/incidents/1"));
        Assert.Equal((1, 1), (Count("Acknowledged on the phone"), Count("looking <at> it")));

        await _phone.AlertAsync("resolved");
        Assert.Equal(IncidentState.Resolved, Book.Find("1")!.State);
    }

    [Fact]
    public async Task Form_without_its_token_and_a_stranger_change_nothing()
    {
        await _phone.AlertAsync("firing");
        var asGuest = await _phone.SubmitAsync("/m/incidents/1/acknowledge", await _phone.GetAsync("/sign-in"));
        Assert.StartsWith("/sign-in?returnUrl=", asGuest.Headers.Location!.ToString());

        await _phone.SignInAsync("demo-responder");
        var forged = await _phone.Http.PostAsync("/m/incidents/1/acknowledge", new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(IncidentState.Triggered, Book.Find("1")!.State);
    }

    [Fact]
    public async Task Escalating_asks_first_whom_it_wakes_and_twice_wakes_one()
    {
        await _phone.AlertAsync("firing");
        await _phone.SignInAsync("demo-responder");
        await Recording.Eventually.TrueAsync(() => Book.Find("1")!.Pages.Length == 1);

        var question = await _phone.GetAsync("/m/incidents/1/escalate");
        Assert.Contains("Level 2, ", question);
        for (var press = 0; press < 2; press++) await _phone.SubmitAsync("/m/incidents/1/escalate", question, ("pages", "1"), ("reason", "help"));

        Assert.Equal(2, Book.Find("1")!.Pages.Length);
    }

    [Fact]
    public async Task Forged_delivery_is_refused_and_nothing_is_stored()
    {
        foreach (var credentials in (AuthenticationHeaderValue?[])[null, new("Bearer", "wrong"), new("Bearer", Phone.AlertToken + "x"), new("Basic", Phone.AlertToken)])
        {
            var answer = await _phone.DeliverAsync("{}", credentials);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.Empty(Book.Recent);
    }

    [Fact]
    public async Task Unreadable_and_oversized_deliveries_are_told_and_open_an_incident_that_says_so()
    {
        var authorization = new AuthenticationHeaderValue("Bearer", Phone.AlertToken);

        Assert.Equal(HttpStatusCode.BadRequest, (await _phone.DeliverAsync("{\"alerts\":[", authorization)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _phone.DeliverAsync(new string(' ', 30_000), authorization)).StatusCode);

        var incident = Assert.Single(Book.Recent);
        Assert.Equal("Alertmanager sent something that cannot be understood", incident.Title);
    }

    [Fact]
    public async Task Button_of_a_push_message_acknowledges_in_the_person_s_name_and_opening_its_link_does_not()
    {
        await _phone.AlertAsync("firing");
        var token = _cockpit.Services.GetRequiredService<IAcknowledgeLinks>().Create("1", "jonas", "Jonas Lindqvist");

        Assert.Contains("Acknowledge it as Jonas Lindqvist?", await _phone.GetAsync($"/m/ack/{token}"));
        Assert.Equal(IncidentState.Triggered, Book.Find("1")!.State);
        Assert.Equal(HttpStatusCode.Forbidden, (await _phone.Http.PostAsync($"/m/ack/{token}x", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _phone.Http.PostAsync($"/m/ack/{token}", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _phone.Http.PostAsync($"/m/ack/{token}", null)).StatusCode);

        Assert.Equal(("jonas", "Jonas Lindqvist"), Book.Find("1")!.AcknowledgedBy);
        Assert.Equal(1, Count("Acknowledged from the page itself"));
    }

    [Fact]
    public async Task Digit_of_a_call_acknowledges_and_another_digit_does_not()
    {
        await _phone.AlertAsync("firing");
        var token = _cockpit.Services.GetRequiredService<IAcknowledgeLinks>().Create("1", "jonas", "Jonas Lindqvist");

        var other = await _phone.Http.PostAsync($"/m/ack/{token}", new FormUrlEncodedContent([new("Digits", "5")]));
        Assert.Contains("You have not acknowledged", await other.Content.ReadAsStringAsync());
        Assert.Equal(IncidentState.Triggered, Book.Find("1")!.State);

        var one = await _phone.Http.PostAsync($"/m/ack/{token}", new FormUrlEncodedContent([new("Digits", "1")]));
        Assert.Equal("<Response>\r\n  <Say>Acknowledged.</Say>\r\n</Response>".Replace("\r", ""), (await one.Content.ReadAsStringAsync()).Replace("\r", ""));
        Assert.Equal(IncidentState.Acknowledged, Book.Find("1")!.State);
    }

    [Fact]
    public async Task Calendar_needs_its_secret()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await _phone.Http.GetAsync("/api/v1/on-call.ics")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _phone.Http.GetAsync("/api/v1/on-call.ics?key=guess")).StatusCode);

        var feed = await _phone.GetAsync(_cockpit.Services.GetRequiredService<Cockpit.Api.OnCallFeed>().Address);

        Assert.StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", feed);
        Assert.All(feed.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
    }

    private int Count(string text) => Book.Find("1")!.Timeline.Count(entry => entry.Text == text);
}
