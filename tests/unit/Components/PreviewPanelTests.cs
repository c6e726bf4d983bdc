using Bunit;
using Cockpit.Components.Cards;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Tests.Executions;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Components;

public sealed class PreviewPanelTests : BunitContext
{
    private readonly List<Confirmation> _confirmed = [];
    private int _again;

    public PreviewPanelTests()
    {
        var module = JSInterop.SetupModule("./Components/Cards/HoldButton.razor.js");
        module.SetupModule(invocation => invocation.Identifier == "hold").SetupVoid("stop");
    }

    [Fact]
    public void Low_risk_is_a_click()
    {
        var panel = Draw(Runs.Preview with { Risk = ActionRisk.Low });

        panel.Find("button.primary").Click();

        Assert.Equal("Scale out the WebSocket managers 4 → 8", panel.Find("button.primary").TextContent);
        Assert.Empty(panel.FindAll("input"));
        Assert.Equal([new Confirmation(false, null, null)], _confirmed);
    }

    [Fact]
    public async Task Medium_risk_is_held_and_a_click_does_nothing()
    {
        var panel = Draw(Runs.Preview);
        var button = panel.Find("button.hold");

        Assert.Equal("Hold to scale out the WebSocket managers 4 → 8", button.TextContent);
        Assert.Throws<MissingEventHandlerException>(() => button.Click());
        Assert.Empty(_confirmed);

        await panel.InvokeAsync(() => panel.FindComponent<HoldButton>().Instance.HeldAsync());
        Assert.Equal([new Confirmation(true, null, null)], _confirmed);
    }

    [Fact]
    public async Task Medium_risk_on_missing_evidence_is_held_and_asks_for_a_reason()
    {
        var panel = Draw(Runs.Preview with { NeedsReason = true });

        Assert.Equal(["Reason"], panel.FindAll("label").Select(label => label.TextContent));
        panel.Find("input").Change("I see it in the logs");
        await panel.InvokeAsync(() => panel.FindComponent<HoldButton>().Instance.HeldAsync());

        Assert.Equal([new Confirmation(true, null, "I see it in the logs")], _confirmed);
    }

    [Theory]
    [InlineData(ActionRisk.High)]
    [InlineData(ActionRisk.Critical)]
    public void High_risk_asks_for_the_name_and_a_reason(ActionRisk risk)
    {
        var panel = Draw(Runs.Preview with { Risk = risk });

        Assert.Equal(["Type bondx/websocket-manager", "Reason"], panel.FindAll("label").Select(label => label.TextContent));
        panel.FindAll("input")[0].Change("bondx/websocket-manager");
        panel.FindAll("input")[1].Change("lag");
        panel.Find("button.primary").Click();

        Assert.Equal([new Confirmation(false, "bondx/websocket-manager", "lag")], _confirmed);
    }

    [Fact]
    public void Refused_preview_shows_why_and_offers_no_way_to_run_it()
    {
        var panel = Draw(Runs.Preview with
        {
            Guards = [GuardVerdict.Pass("You may run it", "Sam Okafor is a responder."), GuardVerdict.Refuse("Is inside its bounds", "9 lies outside 2 to 8."),
                GuardVerdict.Refuse("The dry run is accepted", "Not asked, because another guard refuses.")],
        });

        Assert.Equal("It cannot run now. 9 lies outside 2 to 8.", panel.Find(".no").TextContent);
        Assert.Empty(panel.FindAll("button.primary, input"));
        panel.FindAll(".foot button")[0].Click();
        Assert.Equal((1, 0), (_again, _confirmed.Count));
    }

    [Fact]
    public void Refusing_dry_run_alone_is_shown() => Assert.Equal("It cannot run now. The server refuses: exceeded quota",
        Draw(Runs.Preview with { Guards = [GuardVerdict.Refuse("The dry run is accepted", "The server refuses: exceeded quota")] }).Find(".no").TextContent);

    [Fact]
    public void Guards_say_their_outcome_in_words_and_not_by_colour_alone()
    {
        var panel = Draw(Runs.Preview with { Guards = [GuardVerdict.Pass("Fresh", "Read now."), GuardVerdict.Cost("A symptom is present", "Blind."), GuardVerdict.Refuse("Bounds", "No.")] });

        Assert.Equal(["Passes: ", "Costs: ", "Refuses: "], panel.FindAll("li .visually-hidden").Select(mark => mark.TextContent));
        Assert.Equal(["passes", "costs", "refuses"], panel.FindAll("li").Select(item => item.ClassName));
    }

    [Fact]
    public void Difference_and_command_are_laid_open()
    {
        var panel = Draw(Runs.Preview with { Diff = [new DiffLine(' ', "spec:"), new DiffLine('-', "  replicas: 4"), new DiffLine('+', "  replicas: 8")] });

        Assert.Equal([null, "m", "p"], panel.FindAll(".diff > div").Select(line => line.ClassName is { Length: > 0 } name ? name : null));
        Assert.Equal("kubectl scale", panel.Find("[data-copy]").GetAttribute("data-copy"));
        Assert.Contains("server dry run accepted", panel.Find("h3").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "server dry run accepted")]
    [InlineData(false, "server dry run refused")]
    [InlineData(null, "server dry run: not asked")]
    public void Dry_run_that_was_not_asked_is_never_shown_as_accepted(bool? accepted, string text) =>
        Assert.Contains(text, Draw(Runs.Preview with { DryRun = new DryRunResult(accepted, "not asked") }).Find("h3").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Busy_panel_takes_no_press() =>
        Assert.True(Draw(Runs.Preview with { Risk = ActionRisk.Low }, busy: true).Find("button.primary").HasAttribute("disabled"));

    [Fact]
    public async Task Busy_hold_button_takes_no_hold()
    {
        var panel = Draw(Runs.Preview, busy: true);

        await panel.InvokeAsync(() => panel.FindComponent<HoldButton>().Instance.HeldAsync());

        Assert.Empty(_confirmed);
    }

    private IRenderedComponent<PreviewPanel> Draw(ActionPreview preview, bool busy = false) => Render<PreviewPanel>(parameters => parameters
        .Add(panel => panel.Preview, preview).Add(panel => panel.Busy, busy)
        .Add(panel => panel.OnConfirm, confirmation => _confirmed.Add(confirmation)).Add(panel => panel.OnAgain, () => _again++));
}
