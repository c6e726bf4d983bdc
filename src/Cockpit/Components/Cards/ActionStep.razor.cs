using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Security;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Checks;
using Cockpit.UseCases.Recording;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cockpit.Components.Cards;

/// <summary>One action of a card: preview, confirm, and what became of its latest runs.</summary>
public sealed partial class ActionStep
{
    private ImmutableDictionary<string, string> _inputs = ImmutableDictionary<string, string>.Empty;
    private ImmutableArray<InputOffer> _offers;
    private CheckAnswer? _answer;
    private bool _raiseMinimum;
    private ActionPreview? _preview;
    private string? _refusal;
    private bool _busy;

    [Inject] private ActionTargets Runnable { get; set; } = null!;

    [Inject] private PreviewActionHandler Previewing { get; set; } = null!;

    [Inject] private ConfirmActionHandler Confirming { get; set; } = null!;

    [Inject] private RunCheckHandler Checking { get; set; } = null!;

    [Inject] private InputChoicesHandler Offering { get; set; } = null!;

    [Inject] private CurrentActor Who { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Parameter, EditorRequired] public string CardId { get; set; } = "";

    [Parameter, EditorRequired] public ActionDefinition Action { get; set; } = null!;

    [Parameter, EditorRequired] public int Number { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<Execution> Executions { get; set; } = [];

    private bool CanCheck => Checking.CanRun(Action);

    private bool InputsMissing => !ActionInputs.Missing(Action, Given).IsEmpty;

    private ImmutableArray<InputValue> Given =>
    [
        .. Action.Inputs.Where(input => _inputs.ContainsKey(input.Name)).Select(input => new InputValue(input.Name, _inputs[input.Name])),
        .. _raiseMinimum ? [ActionInputs.RaiseMinimum] : ImmutableArray<InputValue>.Empty,
    ];

    private Task OfferAsync() => OnceAsync(async actor =>
    {
        _offers = await Offering.HandleAsync(CardId, Action.Id, Given, actor, CancellationToken.None);
        foreach (var offer in _offers.Where(offer => offer.Known is not null)) _inputs = _inputs.SetItem(offer.Input.Name, offer.Known!);
    });

    private async Task ChooseAsync(InputValue chosen)
    {
        _inputs = _inputs.SetItem(chosen.Name, chosen.Value);
        // What is typed changes no other offer, and must not be replaced by what is known.
        if (Action.Inputs.Length > 1 && Action.Inputs.Any(input => input.Name == chosen.Name && input.Kind is not (InputKind.Number or InputKind.Text))) await OfferAsync();
    }

    private Task RaiseMinimumAsync()
    {
        _raiseMinimum = true;
        return PreviewAsync();
    }

    private Task CheckAsync() => OnceAsync(async actor =>
    {
        switch (await Checking.HandleAsync(CardId, Action.Id, Given, actor, CancellationToken.None))
        {
            case CheckOutcome.Answered answered:
                _answer = answered.Answer;
                break;
            case CheckOutcome.Refused refused:
                (_answer, _refusal) = (null, refused.Why.Sentence);
                break;
        }
    });

    private Task PreviewAsync() => OnceAsync(async actor =>
    {
        switch (await Previewing.HandleAsync(CardId, Action.Id, Given, actor, CancellationToken.None))
        {
            case PreviewOutcome.Previewed previewed:
                _preview = previewed.Preview;
                break;
            case PreviewOutcome.Refused refused:
                (_preview, _refusal) = (null, refused.Why.Sentence);
                break;
        }
    });

    private Task ConfirmAsync(Confirmation confirmation) => OnceAsync(async actor =>
    {
        if (_preview is null) return;
        switch (await Confirming.HandleAsync(_preview.Id, confirmation, actor, CancellationToken.None))
        {
            case ConfirmOutcome.Started:
                _preview = null;
                break;
            case ConfirmOutcome.Refused refused:
                _refusal = refused.Why.Sentence;
                break;
        }
    });

    private void Cancel() => (_preview, _refusal, _raiseMinimum) = (null, null, false);

    /// <summary>One press at a time, whatever the thumb does.</summary>
    private async Task OnceAsync(Func<Actor?, Task> act)
    {
        if (_busy) return;
        (_busy, _refusal) = (true, null);
        try
        {
            await act(await Who.ResolveAsync((await Authentication).User, CancellationToken.None));
        }
        catch (StorageUnavailableException unavailable)
        {
            _refusal = new ActionRefusal.StorageDown(unavailable.Message).Sentence;
        }
        finally
        {
            _busy = false;
        }
    }
}
