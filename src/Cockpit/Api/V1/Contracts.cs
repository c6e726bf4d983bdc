using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Hubs;

namespace Cockpit.Api.V1;

/// <summary>A condition against live evidence.</summary>
internal sealed record ConditionDto(string Id, string Label, string Verdict, string Figure, string Threshold)
{
    public static ConditionDto Of(ConditionState state)
    {
        var figure = Verification.FiguresOf([state])[0];
        return new(state.Condition.Id, figure.Label, LiveWords.Of(figure.Verdict), figure.Figure, figure.Threshold);
    }
}

/// <summary>How a card's runs ended so far. Counts; claims no cause.</summary>
internal sealed record TrackRecordDto(int Runs, int Recovered, double? MedianSeconds, string? Sentence)
{
    public static TrackRecordDto Of(TrackRecord record) => new(record.Runs, record.Recovered, record.Median?.TotalSeconds, record.Sentence);
}

/// <summary>A card in the index.</summary>
internal sealed record CardDto(
    string Id, int Number, string Title, string Summary, int Matching, int Symptoms, int Unknown, DateTimeOffset? Since,
    bool CriteriaHold, int OpenLeases, bool Done, TrackRecordDto TrackRecord);

/// <summary>An action of a card.</summary>
internal sealed record ActionDto(
    string Id, string Title, string Kind, string Target, string Risk, double? LeaseSeconds, bool Runnable, IReadOnlyList<InputDto> Inputs, string Command);

/// <summary>Something that whoever runs an action supplies.</summary>
internal sealed record InputDto(string Name, string Question, string Kind);

/// <summary>A card with everything on it.</summary>
internal sealed record CardDetailsDto(
    CardDto Card, IReadOnlyList<ConditionDto> Symptoms, IReadOnlyList<ConditionDto> ExitCriteria, IReadOnlyList<ActionDto> Actions,
    IReadOnlyList<ExecutionDto> Executions);

/// <summary>A guard's verdict.</summary>
internal sealed record GuardDto(string Guard, string Outcome, string Reason)
{
    public static GuardDto Of(GuardVerdict verdict) => new(verdict.Guard, verdict.Outcome.ToString().ToLowerInvariant(), verdict.Reason);
}

/// <summary>An action laid open before it is done.</summary>
internal sealed record PreviewDto(
    string Id, string CardId, string ActionId, string Title, string Target, DateTimeOffset At, DateTimeOffset ValidUntil, bool MayRun, string Risk,
    bool NeedsReason, IReadOnlyList<GuardDto> Guards, string DryRun, IReadOnlyList<string> Diff, string Expected, string BlastRadius, string? Inverse,
    string Command)
{
    public static PreviewDto Of(ActionPreview preview) => new(
        preview.Id, preview.CardId, preview.ActionId, preview.Title, preview.Target, preview.At, preview.ValidUntil, preview.MayRun,
        ApiWords.Of(preview.Risk), preview.NeedsReason, [.. preview.Guards.Select(GuardDto.Of)],
        preview.DryRun.Accepted switch { true => "accepted", false => "refused", null => "notAvailable" },
        [.. preview.Diff.Select(line => $"{line.Sign} {line.Text}")], preview.Expected, preview.BlastRadius, preview.Inverse, preview.Command);
}

/// <summary>A lease on a temporary change.</summary>
internal sealed record LeaseDto(DateTimeOffset OpenedAt, DateTimeOffset Until, bool Open, string? ExtendedBy, string? RevertExecution, DateTimeOffset? EndedAt, string? EndedBecause);

/// <summary>A request for another person's approval.</summary>
internal sealed record ApprovalDto(DateTimeOffset AskedAt, DateTimeOffset Until, int Round, bool Waiting);

/// <summary>What was seen at a moment.</summary>
internal sealed record OutcomeDto(string Moment, int SymptomsPresent, int Symptoms, IReadOnlyList<BurnDto> Burns, string? Missing);

/// <summary>How fast an objective spent its budget.</summary>
internal sealed record BurnDto(string Objective, double? Rate, bool Pages);

/// <summary>A step on an execution's way.</summary>
internal sealed record StepDto(DateTimeOffset At, string Text);

/// <summary>How far a change that is made in steps has come.</summary>
internal sealed record WalkDto(IReadOnlyList<string> Values, int Made, double PauseSeconds, DateTimeOffset? NextAt, bool CanBeStopped);

/// <summary>One run of a guarded action.</summary>
internal sealed record ExecutionDto(
    string Id, string CardId, string ActionId, string Title, string Target, string Risk, string RequestedBy, DateTimeOffset RequestedAt, string? Reason,
    string State, string Sentence, bool Open, DateTimeOffset? SendAt, DateTimeOffset? EndedAt, ApprovalDto? Approval, string? GlassBroken, LeaseDto? Lease,
    string? RevertOf, IReadOnlyList<StepDto> Steps, IReadOnlyList<OutcomeDto> Outcomes, IReadOnlyList<GuardDto> Guards, IReadOnlyList<string> Diff,
    WalkDto? Walk)
{
    public static ExecutionDto Of(Execution execution) => new(
        execution.Id, execution.Preview.CardId, execution.ActionId, execution.Title, execution.Target, ApiWords.Of(execution.Preview.Risk),
        execution.RequestedBy, execution.RequestedAt, execution.Reason, LiveWords.Of(execution.State), execution.StateSentence, execution.IsOpen,
        execution.SendAt, execution.EndedAt,
        execution.Approval is { } asked ? new(asked.AskedAt, asked.Until, asked.Round, execution.State == ExecutionState.AwaitingApproval) : null,
        execution.GlassBroken,
        execution.Lease is { } lease
            ? new(lease.OpenedAt, lease.Until, lease.IsOpen, lease.ExtendedBy, lease.RevertId, lease.EndedAt, lease.EndedBecause)
            : null,
        execution.RevertOf,
        [.. execution.Steps.Select(step => new StepDto(step.At, step.Text))],
        [.. execution.Outcomes.Select(outcome => new OutcomeDto(ApiWords.Of(outcome.Moment), outcome.Present, outcome.Symptoms.Length,
            [.. outcome.Burns.Select(burn => new BurnDto(burn.Objective, burn.Rate, burn.Pages))], outcome.Missing))],
        [.. execution.Preview.Guards.Select(GuardDto.Of)], [.. execution.Preview.Diff.Select(line => $"{line.Sign} {line.Text}")],
        execution.Preview.Walk is { } walk ? new(walk.Values, execution.StepsMade, walk.Pause.TotalSeconds, execution.NextStepAt, execution.CanBeStopped) : null);
}

/// <summary>Inputs of a preview, by name.</summary>
internal sealed record PreviewRequest(IReadOnlyDictionary<string, string>? Inputs);

/// <summary>Confirms a preview in the way its risk asks for.</summary>
/// <param name="Preview">The preview's id.</param>
/// <param name="Held">Stands for holding the button; asked for at medium risk.</param>
/// <param name="TypedTarget">The target's name; asked for at high and critical risk.</param>
/// <param name="Reason">Why; asked for at high and critical risk, and without full evidence.</param>
internal sealed record ExecutionRequest(string? Preview, bool Held, string? TypedTarget, string? Reason);

/// <summary>A reason; some decisions ask for one.</summary>
internal sealed record ReasonRequest(string? Reason);

/// <summary>Approves what one looked at.</summary>
/// <param name="Round">The round of the request that was looked at; a later one must be looked at again.</param>
internal sealed record ApprovalRequest(int? Round);

/// <summary>Goes without a second person.</summary>
internal sealed record BreakGlassRequest(int? Round, string? Reason);

/// <summary>What a person found out about an unknown outcome.</summary>
internal sealed record ResolutionRequest(bool? Done, string? Note);

/// <summary>The words of the API. They are a promise to other programs: a renamed member must not change them.</summary>
internal static class ApiWords
{
    public static string Of(ActionRisk risk) => risk switch
    {
        ActionRisk.Low => "low",
        ActionRisk.Medium => "medium",
        ActionRisk.High => "high",
        _ => "critical",
    };

    public static string Of(OutcomeMoment moment) => moment switch
    {
        OutcomeMoment.Before => "before",
        OutcomeMoment.AfterFiveMinutes => "after5min",
        _ => "after15min",
    };
}
