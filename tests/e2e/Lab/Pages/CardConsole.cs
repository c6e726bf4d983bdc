using Cockpit.E2E.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>The console of a card or runbook as a person uses it: looks, previews, confirms as its risk asks, and waits.</summary>
internal sealed class CardConsole(Visitor visitor)
{
    /// <summary>For what needs a window of measurements to fill or to empty.</summary>
    public const float MinutesLong = 180_000;

    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(1.4);

    public IPage Page => visitor.Page;

    public ILocator Action(string id) => Page.Locator($"#action-{id}");

    /// <summary>The latest run of an action.</summary>
    public ILocator Execution(string id) => Action(id).Locator(".execution").First;

    /// <summary>Waits until every one of these symptoms is lit.</summary>
    public Task SymptomsAsync(params string[] ids) => HoldAsync(ids);

    /// <summary>Waits until every one of these exit criteria is green.</summary>
    public Task CriteriaAsync(params string[] ids) => HoldAsync(ids);

    /// <summary>Answers a question of the card.</summary>
    public Task AnswerAsync(string id, string answer) => Page.Locator($"[data-condition={id}]").GetByRole(AriaRole.Button, new() { Name = answer }).ClickAsync();

    public async Task<ILocator> PreviewAsync(string id)
    {
        var action = Action(id);
        await action.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(action.Locator(".body")).ToBeVisibleAsync();
        return action;
    }

    /// <summary>Medium risk: previews and holds the button.</summary>
    public async Task HoldAsync(string id)
    {
        var action = await PreviewAsync(id);
        await HoldPreviewedAsync(action);
    }

    public static Task HoldPreviewedAsync(ILocator action) => Visitor.HoldAsync(action.Locator("button.hold"), LongEnough);

    /// <summary>High and critical risk: previews, types the target's name, gives a reason and confirms.</summary>
    public async Task TypeAsync(string id, string target, string reason)
    {
        var action = await PreviewAsync(id);
        await action.GetByLabel("Type").FillAsync(target);
        await action.GetByLabel("Reason").FillAsync(reason);
        await action.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
    }

    /// <summary>Another person, on a phone, finds the request on whatever page they are and approves it.</summary>
    public static async Task ApproveAsync(LabCockpit cockpit, string screenshot)
    {
        await using var approver = await cockpit.ComeAsync("/", LabCockpit.Approver, new Screen("phone", 390, 844, ColorScheme.Dark));
        await approver.Page.Locator("[data-attention=approval] a").ClickAsync();
        var answer = approver.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and send" });
        await Expect(answer).ToBeVisibleAsync();
        await approver.ScreenshotAsync(screenshot);
        await answer.ClickAsync();
        await Expect(answer).ToHaveCountAsync(0);
        Assert.Empty(approver.Complaints);
    }

    /// <summary>Waits until the latest run of an action is in one of these states.</summary>
    public async Task ReachesAsync(string id, string states) =>
        await Expect(Execution(id)).ToHaveAttributeAsync("data-state", new System.Text.RegularExpressions.Regex($"^({states})$"), new() { Timeout = MinutesLong });

    /// <summary>Waits until all of these have recovered, and the ledger says how often the card has.</summary>
    public async Task RecoversAsync(params string[] ids)
    {
        foreach (var id in ids) await ReachesAsync(id, "Recovered");
        await Expect(Page.Locator(".record")).ToContainTextAsync($"Recovered after {ids.Length} of {ids.Length} run");
    }

    private async Task HoldAsync(string[] ids)
    {
        foreach (var id in ids) await Expect(Page.Locator($"[data-condition={id}]")).ToHaveAttributeAsync("data-verdict", "Holds", new() { Timeout = MinutesLong });
    }
}
