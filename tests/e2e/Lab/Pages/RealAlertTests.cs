using System.Net.Http.Json;
using Cockpit.E2E.Support;
using Cockpit.UseCases.Incidents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>From a real Alertmanager to a phone without JavaScript and back.</summary>
[Collection(nameof(RealServers))]
[Trait("needs", "lab")]
public sealed class RealAlertTests
{
    [Fact]
    public async Task Alert_of_a_real_Alertmanager_is_acknowledged_on_a_phone_without_javascript_and_resolves_when_it_ends()
    {
        var name = $"Phone{Guid.NewGuid():N}"[..16];
        await using var cockpit = await LabCockpit.StartAsync("--urls", LabSetting.Get("COCKPIT_LAB_COCKPIT"));
        using var alertmanager = new HttpClient { BaseAddress = new Uri(LabSetting.Get("COCKPIT_LAB_ALERTMANAGER")) };
        await TellAsync(alertmanager, name, null);
        await using var context = await (await Chromium.GetAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = cockpit.App.Address.ToString(),
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            JavaScriptEnabled = false,
        });
        var page = await context.NewPageAsync();
        await cockpit.SignInAsync(page, "/m");

        await UntilAsync(page, "/m", () => page.GetByText($"{name} is wrong on the phone").First.IsVisibleAsync());
        await page.GetByText($"{name} is wrong on the phone").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Acknowledge" }).ClickAsync();
        await Expect(page.GetByText("acknowledged by lena").First).ToBeVisibleAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Screenshots, "lab-phone-acknowledged.png") });

        await TellAsync(alertmanager, name, TimeProvider.System.GetUtcNow());
        var incident = new Uri(page.Url).AbsolutePath;
        await UntilAsync(page, incident, async () => await page.Locator("main").GetAttributeAsync("data-state") == "resolved");
        Assert.NotNull(cockpit.App.Services.GetRequiredService<IncidentBook>().Find(incident.Split('/')[^1])!.FirstAcknowledgedAt);
    }

    [Fact]
    public async Task Thousands_of_alerts_at_once_from_a_real_Alertmanager_all_arrive()
    {
        var name = $"Storm{Guid.NewGuid():N}"[..16];
        await using var cockpit = await LabCockpit.StartAsync("--urls", LabSetting.Get("COCKPIT_LAB_COCKPIT"));
        using var alertmanager = new HttpClient { BaseAddress = new Uri(LabSetting.Get("COCKPIT_LAB_ALERTMANAGER")) };
        var alerts = Enumerable.Range(0, 3_000).Select(number => new
        {
            labels = new { alertname = $"{name}{number % 60}", instance = $"node-{number}", severity = "warning" },
            annotations = new { summary = $"{name} {number}" },
        });
        (await alertmanager.PostAsJsonAsync("/api/v2/alerts", alerts)).EnsureSuccessStatusCode();

        var book = cockpit.App.Services.GetRequiredService<IncidentBook>();
        var deadline = Environment.TickCount64 + 60_000;
        int Arrived() => book.Recent.Sum(incident => incident.Alerts.Values.Count(alert => alert.Name.StartsWith(name, StringComparison.Ordinal)));
        while (Arrived() < 3_000 && Environment.TickCount64 < deadline) await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);

        Assert.Equal(3_000, Arrived());
        Assert.InRange(book.Recent.Count(incident => incident.IsOpen), 1, 12);
        (await alertmanager.PostAsJsonAsync("/api/v2/alerts", alerts.Select(alert => new { alert.labels, endsAt = TimeProvider.System.GetUtcNow() }))).EnsureSuccessStatusCode();
    }

    private static async Task TellAsync(HttpClient alertmanager, string name, DateTimeOffset? endsAt)
    {
        object alert = endsAt is { } end
            ? new { labels = new { alertname = name, severity = "critical" }, annotations = new { summary = $"{name} is wrong on the phone" }, endsAt = end }
            : new { labels = new { alertname = name, severity = "critical" }, annotations = new { summary = $"{name} is wrong on the phone" } };
        (await alertmanager.PostAsJsonAsync("/api/v2/alerts", new[] { alert })).EnsureSuccessStatusCode();
    }

    /// <summary>A page without script is loaded again until it shows something.</summary>
    private static async Task UntilAsync(IPage page, string path, Func<Task<bool>> shows)
    {
        var deadline = Environment.TickCount64 + 60_000;
        while (true)
        {
            await page.GotoAsync(path);
            if (await shows()) return;
            Assert.True(Environment.TickCount64 < deadline, $"{path} did not show it within a minute.");
            await page.WaitForTimeoutAsync(500);
        }
    }
}
