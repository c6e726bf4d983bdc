using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Executing.Checks;

/// <summary>How a wish to check ended.</summary>
public abstract record CheckOutcome
{
    private CheckOutcome() { }

    /// <summary>Here is what was found.</summary>
    public sealed record Answered(CheckAnswer Answer) : CheckOutcome;

    /// <summary>Nothing was asked.</summary>
    public sealed record Refused(ActionRefusal Why) : CheckOutcome;
}

/// <summary>Runs a check: it reads and shows, so whoever may look may run it, and nothing is recorded.</summary>
public sealed class RunCheckHandler(PlatformModel model, IEnumerable<ICheck> checks, PressLimit presses, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private readonly ImmutableArray<ICheck> _checks = [.. checks];

    /// <summary>True when the action is a check that can be run here.</summary>
    public bool CanRun(ActionDefinition action) => action.Kind == ActionKind.Check && Find(action) is not null;

    public async Task<CheckOutcome> HandleAsync(
        string ownerId, string actionId, ImmutableArray<InputValue> inputs, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null || !actor.May(Role.Viewer)) return Refuse(new ActionRefusal.NotSignedIn());
        if (presses.Take(actor) is { } tooOften) return Refuse(tooOften);
        if (model.Action(ownerId, actionId) is not { } known) return Refuse(new ActionRefusal.NoSuchAction(ownerId, actionId));
        if (ActionInputs.Missing(known, inputs) is [var missing, ..]) return Refuse(new ActionRefusal.InputMissing(missing.Question));
        var action = ActionInputs.Fill(known, inputs);
        if (!CanRun(action)) return Refuse(new ActionRefusal.NotRunnable(action.CommandFor(ImmutableDictionary<string, string>.Empty)));

        var answer = await TargetPatience.AskAsync(token => Find(action)!.AskAsync(action, token), Patience, clock, cancellationToken);
        return new CheckOutcome.Answered(new CheckAnswer(clock.GetUtcNow(), answer switch
        {
            TargetAnswer<ImmutableArray<CheckLine>>.Done done => done.Value,
            TargetAnswer<ImmutableArray<CheckLine>>.Failed failed => [new CheckLine($"It cannot be told: {failed.Why.Words}.", false)],
            _ => throw new InvalidOperationException("An answer is either done or failed."),
        }));
    }

    private ICheck? Find(ActionDefinition action) => _checks.FirstOrDefault(check => check.Target == action.Target.Kind);

    private static CheckOutcome.Refused Refuse(ActionRefusal why) => new(why);
}
