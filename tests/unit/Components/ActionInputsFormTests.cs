using System.Collections.Immutable;
using Bunit;
using Cockpit.Components.Cards;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Tests.Cards;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Components;

/// <summary>What an action asks for: chosen from what the targets list, typed, or ticked; and said where nothing can be chosen.</summary>
public sealed class ActionInputsFormTests : BunitContext
{
    private static readonly ActionInput Service = new("service", "Which service?", InputKind.Workload);
    private static readonly ActionInput Count = new("count", "How many?", InputKind.Number);
    private static readonly ActionInput Text = new("text", "What should they know?", InputKind.Text);
    private static readonly ActionInput Sessions = new("sessions", "Which sessions?", InputKind.Backends);

    private readonly List<InputValue> _chosen = [];
    private int _opened;

    [Fact]
    public async Task Nothing_is_asked_of_the_targets_before_somebody_wants_to_choose()
    {
        var form = Draw(default);

        Assert.Empty(form.FindAll("select, input"));
        await form.Find("button").ClickAsync(new());

        Assert.Equal(1, _opened);
    }

    [Fact]
    public void Button_waits_while_something_is_under_way() => Assert.True(Draw(default, busy: true).Find("button").HasAttribute("disabled"));

    [Fact]
    public async Task Choice_of_what_there_is_is_handed_over_by_its_value()
    {
        var form = Draw([new InputOffer(Service, [new("user", "user (3 pods)"), new("trading", "trading")], null)]);

        Assert.Equal(["Choose…", "user (3 pods)", "trading"], form.FindAll("option").Select(option => option.TextContent));
        await form.Find("select").ChangeAsync(new() { Value = "trading" });

        Assert.Equal([new InputValue("service", "trading")], _chosen);
    }

    [Fact]
    public async Task Typed_answers_lose_their_blanks_and_numbers_bring_the_keypad()
    {
        var form = Draw([new InputOffer(Count, default, null), new InputOffer(Text, default, null)]);

        Assert.Equal(["numeric", null], form.FindAll("input").Select(input => input.GetAttribute("inputmode")));
        await form.FindAll("input")[0].ChangeAsync(new() { Value = " 5 " });
        await form.FindAll("input")[1].ChangeAsync(new() { Value = "Back at ten." });

        Assert.Equal([new InputValue("count", "5"), new InputValue("text", "Back at ten.")], _chosen);
    }

    [Fact]
    public async Task Each_session_is_ticked_or_spared_and_what_has_gone_from_the_list_is_dropped()
    {
        var offer = new InputOffer(Sessions, [new("7@a", "7 · app · 9 min"), new("8@b", "8 · report · 6 min")], null);
        var form = Draw([offer], ("sessions", "8@b,6@gone"));

        Assert.Equal([false, true], form.FindAll("input[type=checkbox]").Select(box => box.HasAttribute("checked")));
        await form.FindAll("input[type=checkbox]")[0].ChangeAsync(new() { Value = true });
        await form.FindAll("input[type=checkbox]")[1].ChangeAsync(new() { Value = false });

        Assert.Equal([new InputValue("sessions", "7@a,8@b"), new InputValue("sessions", "")], _chosen);
    }

    [Fact]
    public void Where_nothing_can_be_chosen_it_says_why()
    {
        var form = Draw([new InputOffer(Service, [], "They cannot be listed: the API server does not answer.")]);

        Assert.Equal("Which service? They cannot be listed: the API server does not answer.", form.Find("p").TextContent);
        Assert.Empty(form.FindAll("select, input"));
    }

    [Fact]
    public void Answer_given_before_is_still_there() =>
        Assert.Equal("trading", Draw([new InputOffer(Service, [new("trading", "trading")], null)], ("service", "trading")).Find("select").GetAttribute("value"));

    private IRenderedComponent<ActionInputsForm> Draw(ImmutableArray<InputOffer> offers, (string Name, string Value)? given = null, bool busy = false) =>
        Render<ActionInputsForm>(parameters => parameters
            .Add(form => form.Action, WebSocketCard.ScaleOut).Add(form => form.Offers, offers).Add(form => form.Busy, busy)
            .Add(form => form.Values, given is { } held ? ImmutableDictionary<string, string>.Empty.Add(held.Name, held.Value) : ImmutableDictionary<string, string>.Empty)
            .Add(form => form.OnOpen, () => _opened++).Add(form => form.OnChosen, _chosen.Add));
}
