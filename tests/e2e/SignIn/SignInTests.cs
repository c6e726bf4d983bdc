using System.Net;
using Cockpit.E2E.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.SignIn;

/// <summary>Ways in and out.</summary>
public sealed class SignInTests : IClassFixture<EmbeddedCockpit>
{
    private const string Password = "a long enough password";

    private readonly CockpitApp _app;

    public SignInTests(EmbeddedCockpit embedded) => _app = embedded.App;

    [Theory]
    [InlineData("demo-executive", "Erin Vale", "viewer")]
    [InlineData("demo-responder", "Sam Okafor", "responder")]
    [InlineData("demo-approver", "Ines Duarte", "approver")]
    [InlineData("demo-admin", "Ada Lindqvist", "admin")]
    public async Task Demo_identity_is_one_click_away_and_leads_back_to_the_page_it_was_asked_on(string identity, string name, string role)
    {
        await using var visitor = await Visitor.ComeAsync(_app.Address);
        await visitor.OpenLiveAsync("/cards");
        await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await visitor.Page.Locator($"button[value={identity}]").ClickAsync();

        await Expect(visitor.Page).ToHaveURLAsync(new Uri(_app.Address, "/cards").ToString());
        await Expect(visitor.Page.Locator(".who")).ToContainTextAsync(name);
        await Expect(visitor.Page.Locator(".who")).ToContainTextAsync(role);
        Assert.Empty(visitor.Complaints);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task Sign_in_that_would_lead_elsewhere_leads_home(string returnUrl)
    {
        await using var visitor = await Visitor.ComeAsync(_app.Address);
        await visitor.Page.GotoAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
        await visitor.Page.Locator("button[value=demo-responder]").ClickAsync();

        await Expect(visitor.Page).ToHaveURLAsync(_app.Address.ToString());
        await Expect(visitor.Page.Locator(".who")).ToContainTextAsync("Sam Okafor");
    }

    [Fact]
    public async Task Sign_out_makes_a_guest()
    {
        await using var visitor = await Visitor.ComeAsAsync(_app.Address, "demo-responder");
        await visitor.OpenLiveAsync("/");

        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();

        await Expect(visitor.Page.Locator(".who")).ToContainTextAsync("Sign in");
        await Expect(visitor.Page.Locator(".who")).Not.ToContainTextAsync("Sam Okafor");
    }

    [Fact]
    public async Task Live_mode_offers_no_demo_identity_and_lets_nobody_look_before_signing_in()
    {
        await using var live = await CockpitApp.StartAsync(
            ["--Mode", "live", "--Security:FirstAdminName", "ada", "--Security:FirstAdminPassword", Password]);
        await using var visitor = await Visitor.ComeAsync(live.Address);
        await visitor.Page.GotoAsync("/");
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
        await Expect(visitor.Page.Locator("button[name=identity]")).ToHaveCountAsync(0);

        await EnterAsync(visitor.Page, "ada", "not the password");
        await Expect(visitor.Page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { HasText = "do not belong together" })).ToBeVisibleAsync();
        await EnterAsync(visitor.Page, "ada", Password);

        await Expect(visitor.Page).ToHaveURLAsync(live.Address.ToString());
        await Expect(visitor.Page.Locator(".who")).ToContainTextAsync("ada");
        foreach (var tile in await visitor.Page.Locator(".tile").AllAsync())
        {
            await Expect(tile.Locator("header .st")).ToHaveTextAsync("Not configured");
            await Expect(tile.Locator(".doubt")).ToContainTextAsync("is not configured");
        }

        await visitor.ScreenshotAsync("live-without-connectors");
        using var client = new HttpClient { BaseAddress = live.Address };
        using var form = new FormUrlEncodedContent([new("identity", "demo-admin")]);
        using var refused = await client.PostAsync("/sign-in/demo", form);
        Assert.Contains(refused.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
        Assert.False(refused.Headers.Contains("Set-Cookie"));
    }

    private static async Task EnterAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
    }
}
