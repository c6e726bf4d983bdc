using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing;

/// <summary>Why an action was not previewed or not run. Every refusal of the two use cases is here; each has a sentence to act on.</summary>
public abstract record ActionRefusal
{
    private ActionRefusal() { }

    /// <summary>The refusal for a tired person.</summary>
    public abstract string Sentence { get; }

    /// <summary>The catalog has no such card or action.</summary>
    public sealed record NoSuchAction(string Card, string Action) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => $"The catalog has no action “{Action}” on a card “{Card}”.";
    }

    /// <summary>The cockpit cannot do this kind of action itself.</summary>
    public sealed record NotRunnable(string Command) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => $"The cockpit cannot do this itself here. By hand: {Command}";
    }

    /// <summary>The action asks for something that nobody supplied.</summary>
    public sealed record InputMissing(string Question) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => $"First answer: {Question}";
    }

    /// <summary>The actor may not look at this.</summary>
    public sealed record NotSignedIn : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => "You are not signed in any more. Sign in and preview again.";
    }

    /// <summary>There is no such preview, or not any more.</summary>
    public sealed record PreviewGone : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => "This preview is gone: previews last a minute and do not survive a restart. Preview again.";
    }

    /// <summary>Somebody else's preview.</summary>
    public sealed record NotYourPreview : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => "This preview was made for somebody else. Make your own: guards judge the one who acts.";
    }

    /// <summary>A guard said no.</summary>
    public sealed record Guarded(ImmutableArray<GuardVerdict> Verdicts) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => string.Join(' ', GuardList.RefusalsOf(Verdicts));
    }

    /// <summary>The risk asks for another way to confirm.</summary>
    public sealed record ConfirmOtherwise(ActionRisk Risk, string Needed) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => Needed;
    }

    /// <summary>Nothing can be recorded, so nothing may be done.</summary>
    public sealed record StorageDown(string Reason) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => $"Nothing was done: the cockpit cannot record it ({Reason.TrimEnd('.')}). Copy the command if it cannot wait.";
    }
}

/// <summary>How a preview ended.</summary>
public abstract record PreviewOutcome
{
    private PreviewOutcome() { }

    /// <summary>Here it is; its guards may still refuse.</summary>
    public sealed record Previewed(ActionPreview Preview) : PreviewOutcome;

    /// <summary>There is nothing to preview.</summary>
    public sealed record Refused(ActionRefusal Why) : PreviewOutcome;
}

/// <summary>How a confirmation ended.</summary>
public abstract record ConfirmOutcome
{
    private ConfirmOutcome() { }

    /// <summary>The execution runs, or ran: the same preview confirmed twice is one execution.</summary>
    public sealed record Started(Execution Execution) : ConfirmOutcome;

    /// <summary>Nothing was done.</summary>
    public sealed record Refused(ActionRefusal Why) : ConfirmOutcome;
}

/// <summary>How somebody confirmed.</summary>
/// <param name="Held">The button was held down, or a second page confirmed.</param>
/// <param name="TypedTarget">What was typed as the target's name; null when nothing was.</param>
/// <param name="Reason">Why, in their words; null or blank when none was given.</param>
public sealed record Confirmation(bool Held, string? TypedTarget, string? Reason);
