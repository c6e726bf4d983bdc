using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Security;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Recording;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cockpit.Components.Cards;

/// <summary>One action of a card: preview, confirm, and what became of its latest runs.</summary>
public sealed partial class ActionStep
{
    private static readonly ImmutableDictionary<string, string> NoInputs = ImmutableDictionary<string, string>.Empty;

    private ActionPreview? _preview;
    private string? _refusal;
    private bool _busy;

    [Inject] private ActionTargets Runnable { get; set; } = null!;

    [Inject] private PreviewActionHandler Previewing { get; set; } = null!;

    [Inject] private ConfirmActionHandler Confirming { get; set; } = null!;

    [Inject] private CurrentActor Who { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Parameter, EditorRequired] public string CardId { get; set; } = "";

    [Parameter, EditorRequired] public ActionDefinition Action { get; set; } = null!;

    [Parameter, EditorRequired] public int Number { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<Execution> Executions { get; set; } = [];

    private Task PreviewAsync() => OnceAsync(async actor =>
    {
        switch (await Previewing.HandleAsync(CardId, Action.Id, [], actor, CancellationToken.None))
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

    private void Cancel() => (_preview, _refusal) = (null, null);

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
