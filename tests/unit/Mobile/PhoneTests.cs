using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Cockpit.Domain.Incidents;
using Cockpit.Tests.Hubs;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Notifying;
using Microsoft.Extensions.DependencyInjection;

namespace Cockpit.Tests.Mobile;

/// <summary>The whole server, with a phone that knows links and forms and nothing else.</summary>
public sealed partial class PhoneTests : IAsyncLifetime
{
    private const string Token = "a-token-of-the-test";

    private readonly RunningCockpit _cockpit = new();
    private readonly HttpClient _phone = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    private IncidentBook Book => _cockpit.Services.GetRequiredService<IncidentBook>();

    public async Task InitializeAsync()
    {
        await _cockpit.StartAsync("--Alertmanager:Token", Token, "--Alertmanager:MaxBytes", "20000");
        _phone.BaseAddress = _cockpit.Address;
    }

    public async Task DisposeAsync()
    {
        _phone.Dispose();
        await _cockpit.DisposeAsync();
    }

    [Fact]
    public async Task Incident_is_acknowledged_noted_and_resolved_with_forms_alone()
    {
        await PostAlertAsync("firing");
        await SignInAsync("demo-responder");
        var page = await GetAsync("/m/incidents/1");
        Assert.Contains("The API is down", page);
        Assert.DoesNotContain("blazor", page);

        var answer = await SubmitAsync("/m/incidents/1/acknowledge", page);
        Assert.Equal((HttpStatusCode.SeeOther, true), (answer.StatusCode, answer.Headers.Location!.ToString().StartsWith("/m/incidents/1?said=", StringComparison.Ordinal)));
        await SubmitAsync("/m/incidents/1/acknowledge", page);
        await SubmitAsync("/m/incidents/1/note", page, ("text", "looking <at> it"));
        await SubmitAsync("/m/incidents/1/note", page, ("text", "looking <at> it"));
        Assert.Contains("acknowledged by Sam Okafor", await GetAsync("/m/incidents/1"));
        Assert.Contains("looking &lt;at&gt; it", await GetAsync("/m/incidents/1"));
        Assert.Equal((1, 1), (Count("Acknowledged on the phone"), Count("looking <at> it")));

        await PostAlertAsync("resolved");
        Assert.Equal(IncidentState.Resolved, Book.Find("1")!.State);
    }

    [Fact]
    public async Task Form_without_its_token_and_a_stranger_change_nothing()
    {
        await PostAlertAsync("firing");
        var asGuest = await SubmitAsync("/m/incidents/1/acknowledge", await GetAsync("/sign-in"));
        Assert.StartsWith("/sign-in?returnUrl=", asGuest.Headers.Location!.ToString());

        await SignInAsync("demo-responder");
        var forged = await _phone.PostAsync("/m/incidents/1/acknowledge", new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(IncidentState.Triggered, Book.Find("1")!.State);
    }

    [Fact]
    public async Task Escalating_asks_first_whom_it_wakes_and_twice_wakes_one()
    {
        await PostAlertAsync("firing");
        await SignInAsync("demo-responder");
        await Recording.Eventually.TrueAsync(() => Book.Find("1")!.Pages.Length == 1);

        var question = await GetAsync("/m/incidents/1/escalate");
        Assert.Contains("Level 2, ", question);
        for (var press = 0; press < 2; press++) await SubmitAsync("/m/incidents/1/escalate", question, ("pages", "1"), ("reason", "help"));

        Assert.Equal(2, Book.Find("1")!.Pages.Length);
    }

    [Fact]
    public async Task Page_and_all_it_needs_weigh_less_than_60_kB()
    {
        await PostAlertAsync("firing");
        await SignInAsync("demo-responder");
        var weight = 0;
        foreach (var path in (string[])["/m/incidents/1", "/tokens.css", "/m.css", "/m.js", "/m.webmanifest", "/icon.svg", "/icons/cockpit-192.png"])
        {
            var answer = await _phone.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            weight += (await answer.Content.ReadAsByteArrayAsync()).Length;
        }

        Assert.InRange(weight, 1, 60_000);
    }

    [Fact]
    public async Task Forged_delivery_is_refused_and_nothing_is_stored()
    {
        foreach (var credentials in (AuthenticationHeaderValue?[])[null, new("Bearer", "wrong"), new("Bearer", Token + "x"), new("Basic", Token)])
        {
            var answer = await SendAsync(Delivery("firing"), credentials);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.Empty(Book.Recent);
    }

    [Fact]
    public async Task Unreadable_and_oversized_deliveries_are_told_and_open_an_incident_that_says_so()
    {
        var authorization = new AuthenticationHeaderValue("Bearer", Token);

        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("{\"alerts\":[", authorization)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(new string(' ', 30_000), authorization)).StatusCode);

        var incident = Assert.Single(Book.Recent);
        Assert.Equal("Alertmanager sent something that cannot be understood", incident.Title);
    }

    [Fact]
    public async Task Button_of_a_push_message_acknowledges_in_the_person_s_name_and_opening_its_link_does_not()
    {
        await PostAlertAsync("firing");
        var token = _cockpit.Services.GetRequiredService<IAcknowledgeLinks>().Create("1", "jonas", "Jonas Lindqvist");

        Assert.Contains("Acknowledge it as Jonas Lindqvist?", await GetAsync($"/m/ack/{token}"));
        Assert.Equal(IncidentState.Triggered, Book.Find("1")!.State);
        Assert.Equal(HttpStatusCode.Forbidden, (await _phone.PostAsync($"/m/ack/{token}x", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _phone.PostAsync($"/m/ack/{token}", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _phone.PostAsync($"/m/ack/{token}", null)).StatusCode);

        Assert.Equal(("jonas", "Jonas Lindqvist"), Book.Find("1")!.AcknowledgedBy);
        Assert.Equal(1, Count("Acknowledged from the page itself"));
    }

    [Fact]
    public async Task Digit_of_a_call_acknowledges_and_another_digit_does_not()
    {
        await PostAlertAsync("firing");
        var token = _cockpit.Services.GetRequiredService<IAcknowledgeLinks>().Create("1", "jonas", "Jonas Lindqvist");

        var other = await _phone.PostAsync($"/m/ack/{token}", new FormUrlEncodedContent([new("Digits", "5")]));
        Assert.Contains("You have not acknowledged", await other.Content.ReadAsStringAsync());
        Assert.Equal(IncidentState.Triggered, Book.Find("1")!.State);

        var one = await _phone.PostAsync($"/m/ack/{token}", new FormUrlEncodedContent([new("Digits", "1")]));
        Assert.Equal("<Response>\r\n  <Say>Acknowledged.</Say>\r\n</Response>".Replace("\r", ""), (await one.Content.ReadAsStringAsync()).Replace("\r", ""));
        Assert.Equal(IncidentState.Acknowledged, Book.Find("1")!.State);
    }

    [Fact]
    public async Task Calendar_needs_its_secret()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await _phone.GetAsync("/api/v1/on-call.ics")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _phone.GetAsync("/api/v1/on-call.ics?key=guess")).StatusCode);

        var feed = await GetAsync(_cockpit.Services.GetRequiredService<Cockpit.Api.OnCallFeed>().Address);

        Assert.StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", feed);
        Assert.All(feed.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
    }

    private int Count(string text) => Book.Find("1")!.Timeline.Count(entry => entry.Text == text);

    private async Task PostAlertAsync(string status)
    {
        var answer = await SendAsync(Delivery(status), new AuthenticationHeaderValue("Bearer", Token));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static string Delivery(string status) =>
        $$$"""{"version":"4","groupKey":"g","status":"{{{status}}}","alerts":[{"status":"{{{status}}}","labels":{"alertname":"Down","severity":"warning"},"annotations":{"summary":"The API is down"},"startsAt":"2026-11-22T03:12:00Z"}]}""";

    private async Task<HttpResponseMessage> SendAsync(string body, AuthenticationHeaderValue? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/alertmanager") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = authorization;
        return await _phone.SendAsync(request);
    }

    private async Task<string> GetAsync(string path)
    {
        var answer = await _phone.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task SignInAsync(string identity)
    {
        var answer = await SubmitAsync("/sign-in/demo", await GetAsync("/sign-in"), ("identity", identity), ("returnUrl", "/m"));
        Assert.Equal("/m", answer.Headers.Location!.ToString());
    }

    private Task<HttpResponseMessage> SubmitAsync(string path, string page, params (string Name, string Value)[] fields)
    {
        var token = WebUtility.HtmlDecode(TokenOf().Match(page).Groups[1].Value);
        return _phone.PostAsync(path, new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenOf();
}
