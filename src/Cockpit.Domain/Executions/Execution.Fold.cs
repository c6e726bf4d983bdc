using Cockpit.Domain.Health;

namespace Cockpit.Domain.Executions;

public sealed partial record Execution
{
    /// <summary>The execution after one more event.</summary>
    /// <param name="before">The execution so far; null before its first event.</param>
    /// <param name="event">What happened.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="at">When.</param>
    /// <exception cref="InvalidOperationException">The stream does not begin with a request.</exception>
    public static Execution Apply(Execution? before, ExecutionEvent @event, Actor by, DateTimeOffset at)
    {
        if (@event is ExecutionEvent.Requested requested) return Begin(requested, by, at);
        if (before is null) throw new InvalidOperationException($"An execution begins with a request, not with {@event.GetType().Name}.");
        var next = AskedAndAnswered(before, @event, by.Name, at) ?? SentAndProved(before, @event, by.Name, at) ?? TurnedBack(before, @event, by.Name, at)
            ?? throw new InvalidOperationException($"{@event.GetType().Name} cannot follow.");
        return next with { Version = before.Version + 1 };
    }

    private static Execution Begin(ExecutionEvent.Requested requested, Actor by, DateTimeOffset at) => new(
        requested.Preview.Id, requested.Preview, by.Name, at, null, ExecutionState.Requested,
        null, null, null, null, null, [new(at, $"{by.Name} asked to {Lower(requested.Preview.Title)}")], [], 1)
    {
        RequestedById = by.Id,
        LeaseLength = requested.Lease,
        RevertOf = requested.RevertOf,
        Outcomes = requested.Before is { } look ? [look] : [],
    };

    private static Execution? AskedAndAnswered(Execution before, ExecutionEvent @event, string by, DateTimeOffset at) => @event switch
    {
        ExecutionEvent.Confirmed confirmed =>
            before.Step(at, $"{by} confirmed: {confirmed.Way}{Because(confirmed.Reason)}") with { Reason = confirmed.Reason },
        ExecutionEvent.HeldBack held =>
            before.Step(at, $"Sent in {About(held.Until - at)} unless somebody cancels") with { State = ExecutionState.Cancellable, SendAt = held.Until },
        ExecutionEvent.Cancelled cancelled =>
            before.Ended(at, $"{by} cancelled it{Because(cancelled.Reason)}. Nothing was sent.", ExecutionState.Cancelled) with
            {
                Note = $"cancelled by {by}",
                SendAt = null,
            },
        ExecutionEvent.ApprovalAsked asked => before.Step(at, $"Waits {About(asked.Until - at)} for another person’s approval") with
        {
            State = ExecutionState.AwaitingApproval,
            Approval = new Approval(at, asked.Until, 1),
        },
        ExecutionEvent.ApprovalAskedAgain again => before.Step(at, $"Must be approved again: {again.Changed}") with
        {
            State = ExecutionState.AwaitingApproval,
            Preview = again.Preview,
            Approval = new Approval(at, again.Until, (before.Approval?.Round ?? 0) + 1),
        },
        ExecutionEvent.Approved => before.Step(at, $"{by} approved") with { State = ExecutionState.Requested },
        ExecutionEvent.ApprovalRefused no => before.Ended(at, $"{by} refused, because “{no.Reason}”. Nothing was sent.", ExecutionState.Refused) with
        {
            Note = $"{by} refused: {no.Reason}",
        },
        ExecutionEvent.ApprovalExpired => before.Ended(at, "Nobody approved in time. Nothing was sent.", ExecutionState.Refused) with
        {
            Note = "nobody approved in time",
        },
        ExecutionEvent.GlassBroken broken => before.Step(at, $"{by} broke glass, with nobody to approve, because “{broken.Reason}”") with
        {
            State = ExecutionState.Requested,
            GlassBroken = broken.Reason,
            GlassBrokenBy = by,
            PageDue = $"{by} broke glass to {Lower(before.Title)} on {before.Target}: {broken.Reason}",
        },
        ExecutionEvent.Paged paged => before.Step(at, paged switch
        {
            { Reached.IsEmpty: true } => $"Nobody could be paged: {paged.Failure ?? "there is nobody to page"}",
            { Failure: { } failure } => $"Paged {string.Join(", ", paged.Reached)}, but not everybody: {failure}",
            _ => $"Paged {string.Join(", ", paged.Reached)}",
        }) with
        { PageDue = before.PageDue == paged.About ? null : before.PageDue },
        _ => null,
    };

    private static Execution? SentAndProved(Execution before, ExecutionEvent @event, string by, DateTimeOffset at) => @event switch
    {
        ExecutionEvent.DispatchIntended => before.Step(at, before.Preview.Walk is { } walk
            ? $"Step {before.StepsMade + 1} of {walk.Length} sent to the target"
            : "Sent to the target") with
        { State = ExecutionState.Dispatching, DispatchedAt = at, SendAt = null, NextStepAt = null },
        ExecutionEvent.Accepted accepted => before.Made(at, $"Accepted: {accepted.Evidence}", accepted.Evidence),
        ExecutionEvent.StopAsked asked when before.State == ExecutionState.Stepping => before.StoppedAt(at, $"{by} stopped it{Because(asked.Reason)}", $"stopped by {by}"),
        ExecutionEvent.StopAsked asked => before.Step(at, $"{by} asked to go no further after this step{Because(asked.Reason)}") with { StopAskedBy = by },
        ExecutionEvent.Stopped stopped => before.StoppedAt(at, $"It goes no further: {stopped.Reason}", stopped.Reason),
        ExecutionEvent.Refused refused when before.StepsMade > 0 => before.StoppedAt(at, $"The next step was not made: {refused.Reason}", refused.Reason),
        ExecutionEvent.Refused refused => before.Ended(at, $"Not done: {refused.Reason}", ExecutionState.Refused) with { Note = refused.Reason, SendAt = null },
        ExecutionEvent.OutcomeUnknown unknown =>
            before.Step(at, $"Outcome unknown: {unknown.Reason}") with { State = ExecutionState.Unknown, Note = unknown.Reason },
        ExecutionEvent.ReadBack { Applied: true } found => before.Made(at, $"Read back: {found.Evidence}", found.Evidence),
        ExecutionEvent.ReadBack found when before.StepsMade > 0 => before.BetweenSteps(at, $"Read back: {found.Evidence}", found.Evidence, at),
        ExecutionEvent.ReadBack found => before.Ended(at, $"Read back: {found.Evidence}", ExecutionState.Refused) with { Note = found.Evidence },
        ExecutionEvent.Resolved { Done: true } found when before.Preview.ReadBack == Cards.ReadBack.None =>
            before.Taken(at, $"{by} found that it was done: “{found.Note}”", found.Note) with { State = ExecutionState.EffectSeen, EffectAt = at },
        ExecutionEvent.Resolved { Done: true } found => before.Made(at, $"{by} found that it was done: “{found.Note}”", found.Note),
        ExecutionEvent.Resolved found when before.StepsMade > 0 => before.StoppedAt(at, $"{by} found that the step was not made: “{found.Note}”", found.Note),
        ExecutionEvent.Resolved found =>
            before.Ended(at, $"{by} found that it was not done: “{found.Note}”", ExecutionState.Refused) with { Note = found.Note },
        ExecutionEvent.EffectSeen seen when before.RevertOf is not null =>
            before.Ended(at, $"Effect seen: {seen.Evidence}", ExecutionState.Done) with { EffectAt = at, Note = seen.Evidence },
        ExecutionEvent.EffectSeen seen =>
            before.Step(at, $"Effect seen: {seen.Evidence}") with { State = ExecutionState.EffectSeen, EffectAt = at, Note = seen.Evidence },
        ExecutionEvent.EffectMissed missed =>
            before.Ended(at, $"Effect not seen: {missed.Evidence}", ExecutionState.EffectMissed) with { Note = missed.Evidence },
        ExecutionEvent.ExpectedSeen { Figure: var figure } =>
            before.Step(at, $"As expected, {figure.Figure} ({figure.Threshold}): {figure.Label}") with { Expected = figure },
        ExecutionEvent.Recovered recovered =>
            before.Ended(at, $"Exit criteria hold, {FigureText.Duration(at - (before.DispatchedAt ?? at))} after it was sent", ExecutionState.Recovered) with
            {
                Figures = recovered.Figures,
            },
        ExecutionEvent.NotRecovered missed =>
            before.Ended(at, "Exit criteria do not hold in time", ExecutionState.NotRecovered) with { Figures = missed.Figures },
        _ => null,
    };

    private static Execution? TurnedBack(Execution before, ExecutionEvent @event, string by, DateTimeOffset at)
    {
        if (@event is ExecutionEvent.Observed observed)
            return before with { Outcomes = before.Outcomes.Add(observed.Outcome) };
        if (before.Lease is not { } lease) return null;
        return @event switch
        {
            ExecutionEvent.LeaseExtended { Itself: true } longer => before.Step(at, $"Stays for now: {longer.Reason}") with
            {
                Lease = lease with { Until = longer.Until, SelfExtensions = lease.SelfExtensions + 1, RevertId = null, RetryAt = null },
                PageDue = $"{before.Title} on {before.Target} was not turned back: {longer.Reason}",
            },
            ExecutionEvent.LeaseExtended longer => before.Step(at, $"{by} made it last longer, because “{longer.Reason}”") with
            {
                Lease = lease with { Until = longer.Until, ExtendedBy = by, RetryAt = null, RevertForced = false },
            },
            ExecutionEvent.RevertBegun begun => before.Step(at, begun.Reason is { } why ? $"{by} turns it back now: {why}" : "Its time is up: it is turned back") with
            {
                Lease = lease with { RevertId = begun.Execution, RevertForced = begun.Reason is not null || lease.RevertForced, Reverts = lease.Reverts + 1 },
            },
            ExecutionEvent.RevertFailed failed => before.Step(at, $"Turning back did not work: {failed.Reason}") with
            {
                Lease = lease with { RevertId = null, Attempts = lease.Attempts + 1, RetryAt = failed.RetryAt },
                PageDue = lease.Attempts == 0 ? $"{before.Title} on {before.Target} could not be turned back: {failed.Reason}" : before.PageDue,
            },
            ExecutionEvent.LeaseEnded ended => before.Step(at, $"The lease ended: {ended.Reason}") with
            {
                Lease = lease with { EndedAt = at, EndedBecause = ended.Reason },
            },
            _ => null,
        };
    }

    private Execution Step(DateTimeOffset at, string text) => this with { Steps = Steps.Add(new ExecutionStep(at, text)) };

    private Execution Ended(DateTimeOffset at, string text, ExecutionState state) => Step(at, text) with { State = state, EndedAt = at };

    /// <summary>The target has what was sent last: the whole change, or one step of it.</summary>
    private Execution Made(DateTimeOffset at, string text, string evidence)
    {
        if (Preview.Walk is not { } walk) return Taken(at, text, evidence);
        var after = this with { StepsMade = StepsMade + 1 };
        return after.StepsMade == walk.Length ? after.Taken(at, text, evidence) : after.BetweenSteps(at, text, evidence, at + walk.Pause);
    }

    private Execution BetweenSteps(DateTimeOffset at, string text, string evidence, DateTimeOffset next)
    {
        var after = Step(at, text) with { State = ExecutionState.Stepping, NextStepAt = next, Note = evidence };
        return StopAskedBy is { } by ? after.StoppedAt(at, $"Stopped, as {by} asked", $"stopped by {by}") : after;
    }

    private Execution StoppedAt(DateTimeOffset at, string text, string note) =>
        Ended(at, $"{text.TrimEnd('.')}. {StepsMade} of {Preview.Walk!.Length} steps are made and stay.", ExecutionState.Stopped) with { Note = note, NextStepAt = null };

    /// <summary>The target has it: what was meant to be temporary begins to run out.</summary>
    private Execution Taken(DateTimeOffset at, string text, string evidence) => Step(at, text) with
    {
        State = ExecutionState.Accepted,
        AcceptedAt = at,
        Note = evidence,
        Lease = LeaseLength is { } length ? new Lease(length, at, at + length) : null,
    };

    /// <summary>Facts are recorded a moment after they are decided: 15 min must not read as 14 min 58 s.</summary>
    private static string About(TimeSpan length) => FigureText.Duration(length > TimeSpan.FromMinutes(2)
        ? TimeSpan.FromMinutes(Math.Round(length.TotalMinutes))
        : TimeSpan.FromSeconds(Math.Round(length.TotalSeconds)));

    private static string Because(string? reason) => reason is null ? "" : $", because “{reason}”";

    private static string Lower(string title) => title.Length == 0 ? title : char.ToLowerInvariant(title[0]) + title[1..];
}
