using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

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

    /// <summary>There is no such execution.</summary>
    public sealed record NoSuchExecution : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => "There is no such execution.";
    }

    /// <summary>A role is missing.</summary>
    public sealed record RoleMissing(string Who, Role Needed, string For) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => $"{Who} is not {(Needed is Role.Approver or Role.Admin ? "an" : "a")} {Needed.ToString().ToLowerInvariant()}. {For}";
    }

    /// <summary>Only people may decide this.</summary>
    public sealed record NotAPerson : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => "A token is not a person: it cannot approve, refuse, break glass or say what became of an action, whatever its roles.";
    }

    /// <summary>Nobody approves what they asked for themselves.</summary>
    public sealed record SelfApproval : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => "You asked for this yourself. Another person must approve it; with nobody awake, an admin may break glass.";
    }

    /// <summary>It does not wait for an answer, or not any more.</summary>
    public sealed record NotWaiting(string Last) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => $"It does not wait for approval. Last: {Last.TrimEnd('.')}.";
    }

    /// <summary>The request for approval has expired.</summary>
    public sealed record ApprovalOver : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => "The request has expired: nobody approved in time. Preview and ask again.";
    }

    /// <summary>It is no longer what the approver looked at.</summary>
    public sealed record ChangedSinceAsked(string What) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => $"It changed since it was asked for: {What}. Look at it again, then approve it again.";
    }

    /// <summary>Something must be said first.</summary>
    public sealed record ReasonNeeded(string For) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => $"Give a reason {For}: a line that tomorrow's reader understands.";
    }

    /// <summary>It is sent already, or over.</summary>
    public sealed record TooLateToCancel(string State) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => $"It is too late to cancel: {State}.";
    }

    /// <summary>It has no lease, or not any more.</summary>
    public sealed record NoLease(string? Ended) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => Ended is null ? "It holds no lease." : $"Its lease has ended: {Ended.TrimEnd('.')}.";
    }

    /// <summary>A lease is extended once.</summary>
    public sealed record ExtendedAlready(string By) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => $"{By} extended it already, and a lease is extended once. Make the change permanent in its source, or let it be turned back.";
    }

    /// <summary>It is being turned back already.</summary>
    public sealed record RevertUnderWay : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => "It is being turned back already.";
    }

    /// <summary>It cannot be turned back at this moment.</summary>
    public sealed record CannotRevertNow(string Why) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => $"It cannot be turned back now: {Why.TrimEnd('.')}.";
    }

    /// <summary>Turning back now would hurt.</summary>
    public sealed record RevertWouldHurt(string Why) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => $"Turning back now would hurt: {Why.TrimEnd('.')}. Give a reason to do it all the same.";
    }

    /// <summary>Its outcome is known.</summary>
    public sealed record NothingToResolve(string State) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => $"Its outcome is known: {State}.";
    }

    /// <summary>The same person or program pressed too often.</summary>
    /// <param name="PerMinute">Presses that each has a minute.</param>
    /// <param name="Wait">Until the next.</param>
    public sealed record TooManyPresses(int PerMinute, TimeSpan Wait) : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence =>
            $"Nothing was done: that was more than {PerMinute} presses within a minute. Wait {FigureText.Duration(TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(Wait.TotalSeconds))))}, look at what the earlier ones did, then go on. To cancel is always possible.";
    }

    /// <summary>Somebody else was faster, again and again.</summary>
    public sealed record Overtaken : ActionRefusal
    {
        /// <inheritdoc/>
        public override string Sentence => "Somebody else changed it in the same moment. Look again.";
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

/// <summary>How a decision about an execution ended.</summary>
public abstract record DecisionOutcome
{
    private DecisionOutcome() { }

    /// <summary>It is recorded; the execution as it is now.</summary>
    public sealed record Recorded(Execution Execution) : DecisionOutcome;

    /// <summary>Nothing was recorded.</summary>
    public sealed record Refused(ActionRefusal Why) : DecisionOutcome;
}

/// <summary>How somebody confirmed.</summary>
/// <param name="Held">The button was held down, or a second page confirmed.</param>
/// <param name="TypedTarget">What was typed as the target's name; null when nothing was.</param>
/// <param name="Reason">Why, in their words; null or blank when none was given.</param>
public sealed record Confirmation(bool Held, string? TypedTarget, string? Reason);
