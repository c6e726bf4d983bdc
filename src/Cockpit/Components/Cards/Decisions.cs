using Cockpit.Domain.Executions;
using Cockpit.Security;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Recording;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cockpit.Components.Cards;

/// <summary>Controls with which a person decides about an execution: one press at a time, and every refusal as its sentence.</summary>
public abstract class Decisions : ComponentBase
{
    [Inject] private CurrentActor Who { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Parameter, EditorRequired] public Execution Execution { get; set; } = null!;

    /// <summary>Who looks, with the roles of the moment of opening; null when nobody or nobody knows. Use cases ask again.</summary>
    protected Actor? Me { get; private set; }

    /// <summary>Why the last press did nothing; null when it did.</summary>
    protected string? Refusal { get; private set; }

    protected bool Busy { get; private set; }

    /// <summary>What was typed as reason or note.</summary>
    protected string? Words { get; set; }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            Me = await ResolveAsync();
        }
        catch (StorageUnavailableException unavailable)
        {
            Refusal = new ActionRefusal.StorageDown(unavailable.Message).Sentence;
        }
    }

    protected async Task DecideAsync(Func<Actor?, Task<DecisionOutcome>> decide)
    {
        if (Busy) return;
        (Busy, Refusal) = (true, null);
        try
        {
            Me = await ResolveAsync();
            if (await decide(Me) is DecisionOutcome.Refused refused) Refusal = refused.Why.Sentence;
            else Words = null;
        }
        catch (StorageUnavailableException unavailable)
        {
            Refusal = new ActionRefusal.StorageDown(unavailable.Message).Sentence;
        }
        finally
        {
            Busy = false;
        }
    }

    private async Task<Actor?> ResolveAsync() => await Who.ResolveAsync((await Authentication).User, CancellationToken.None);
}
