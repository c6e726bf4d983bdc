using Cockpit.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Maintenance;

public sealed class MaintenancePageTests
{
    [Fact]
    public async Task Maintenance_is_declared_ahead_refused_too_late_and_called_off_by_a_responder_only()
    {
        await using var app = await CockpitApp.StartAsync([]);
        await using var guest = await Visitor.ComeAsync(app.Address);
        await guest.OpenLiveAsync("/maintenance");
        await Expect(guest.Page.GetByText("Sign in as a responder")).ToBeVisibleAsync();
        await Expect(guest.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Declare" })).ToHaveCountAsync(0);

        await using var visitor = await Visitor.ComeAsAsync(app.Address, "demo-responder");
        var page = visitor.Page;
        await visitor.OpenLiveAsync("/slo");
        await Expect(page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Planned maintenance" })).ToHaveAttributeAsync("href", "/maintenance");
        await visitor.OpenLiveAsync("/maintenance");
        await Expect(page.Locator("h1")).ToHaveTextAsync("No maintenance is planned.");
        var declare = page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Declare" });
        await page.GetByLabel("What is done").FillAsync("Kernel upgrade");
        await Expect(page.Locator(".outlook")).ToContainTextAsync("would be taken out of the budgets");
        await declare.ClickAsync();
        var planned = page.Locator("[data-window]").Filter(new() { HasText = "Kernel upgrade" });
        await Expect(planned).ToContainTextAsync("2\u202Fh taken out");
        await Expect(planned).ToContainTextAsync("the whole platform");

        var soon = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(3);
        await page.GetByLabel("What is done").FillAsync("Hotfix");
        await page.GetByLabel("Starts (UTC)").FillAsync(soon.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByLabel("Ends (UTC)").FillAsync(soon.AddHours(1).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await Expect(page.Locator(".outlook")).ToContainTextAsync("48 h are needed.");
        await declare.ClickAsync();
        await Expect(page.GetByRole(Microsoft.Playwright.AriaRole.Alert).Filter(new() { HasText = "Not declared" })).ToBeVisibleAsync();
        await page.GetByLabel("Declare it all the same").CheckAsync();
        await declare.ClickAsync();
        await Expect(page.Locator("[data-window]").Filter(new() { HasText = "Hotfix" })).ToContainTextAsync("stays in the budgets");

        await planned.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Call it off…" }).ClickAsync();
        await planned.GetByLabel("Why").FillAsync("vendor postponed");
        await planned.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Call it off" }).ClickAsync();
        await Expect(planned).ToContainTextAsync("called off by Sam Okafor: vendor postponed");
        await visitor.ScreenshotAsync("maintenance-declared");

        await visitor.OpenLiveAsync("/audit");
        await Expect(page.GetByText("maintenance.called-off")).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }
}
