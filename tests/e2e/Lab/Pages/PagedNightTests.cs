using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cockpit.Domain.Incidents;
using Cockpit.E2E.Support;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>A real alert wakes people one after another while the process that pages them is killed again and again.</summary>
[Collection(nameof(RealServers))]
[Trait("needs", "lab")]
public sealed class PagedNightTests
{
    [Fact]
    public async Task Silence_wakes_primary_secondary_and_manager_once_each_though_the_process_is_killed_between()
    {
        var name = $"Night{Guid.NewGuid():N}"[..16];
        var title = $"{name} is wrong at night";
        await using var providers = new Providers();
        await using var night = await PagedNight.PrepareAsync(providers);
        await night.StartAsync();
        using var alertmanager = new HttpClient { BaseAddress = new Uri(LabSetting.Get("COCKPIT_LAB_ALERTMANAGER")) };
        await TellAsync(alertmanager, name, title, null);

        foreach (var pages in (int[])[1, 2, 3])
        {
            await PagedNight.UntilAsync(() => Task.FromResult(PushesOf(providers, title).Distinct().Count() >= pages), $"page {pages} is pushed");
            await night.KillAsync();
            await night.StartAsync();
        }

        await PagedNight.UntilAsync(() => Task.FromResult(PushesOf(providers, title).Distinct().Count() >= 4), "the manager is paged");
        var incident = (await night.IncidentAsync(title))!;
        Assert.Equal(["acknowledge", "r1l1", "r1l2", "r1l3"], incident.Fired.Order(StringComparer.Ordinal));
        Assert.Equal([1, 1, 2, 3], incident.Pages.Select(page => page.Level));
        Assert.Equal(3, incident.Pages.Select(page => page.Person).Distinct().Count());
        Assert.All(new[] { TimeSpan.Zero }.Concat(PagedNight.Times).Zip(incident.Pages), due => Assert.True(
            due.Second.At - incident.OpenedAt >= due.First, $"page {due.Second.Number} came {due.Second.At - incident.OpenedAt} after the beginning, due at {due.First}"));

        // At least once, and the receiver can tell: what comes twice has the same key, and each page has one key a way.
        var keys = PushesOf(providers, title).Distinct().ToList();
        Assert.Equal(incident.Pages.Select(page => $"{incident.Id}-{page.Number}-push-1"), keys);
        Assert.Contains("Your part: Acknowledge within 5 minutes", providers.Asked.First(asked => asked.Body.Contains(title, StringComparison.Ordinal) && asked.Path == "/").Body);
        Assert.Contains(incident.Timeline, entry => entry.Text.StartsWith("slack to", StringComparison.Ordinal) && entry.Text.Contains("no answer within", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, await PressAcknowledgeAsync(providers, title));
        await PagedNight.UntilAsync(async () => (await night.IncidentAsync(title))!.State == IncidentState.Acknowledged, "it is acknowledged");
        await TellAsync(alertmanager, name, title, TimeProvider.System.GetUtcNow());
        await PagedNight.UntilAsync(async () => (await night.IncidentAsync(title))!.State == IncidentState.Resolved, "it is resolved");
    }

    /// <summary>Keys of the push messages about an incident, in order, repetitions included.</summary>
    private static IEnumerable<string> PushesOf(Providers providers, string title) => providers.Asked
        .Where(asked => asked.Path == "/" && asked.Body.Contains(title, StringComparison.Ordinal))
        .Select(asked => JsonDocument.Parse(asked.Body).RootElement.GetProperty("sequence_id").GetString()!);

    /// <summary>What the phone does when its button is pressed.</summary>
    private static async Task<HttpStatusCode> PressAcknowledgeAsync(Providers providers, string title)
    {
        var push = JsonDocument.Parse(providers.Asked.Last(asked => asked.Path == "/" && asked.Body.Contains(title, StringComparison.Ordinal)).Body).RootElement;
        var button = push.GetProperty("actions").EnumerateArray().Single(action => action.GetProperty("label").GetString() == "Acknowledge");
        using var http = new HttpClient();
        using var answer = await http.PostAsync(button.GetProperty("url").GetString(), null);
        return answer.StatusCode;
    }

    private static async Task TellAsync(HttpClient alertmanager, string name, string title, DateTimeOffset? endsAt)
    {
        object alert = endsAt is { } end
            ? new { labels = new { alertname = name, severity = "critical" }, annotations = new { summary = title }, endsAt = end }
            : new { labels = new { alertname = name, severity = "critical" }, annotations = new { summary = title } };
        (await alertmanager.PostAsJsonAsync("/api/v2/alerts", new[] { alert })).EnsureSuccessStatusCode();
    }
}
