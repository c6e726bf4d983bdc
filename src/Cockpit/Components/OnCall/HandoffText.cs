using Cockpit.Domain.OnCall;

namespace Cockpit.Components.OnCall;

/// <summary>Words for handoff meetings.</summary>
public static class HandoffText
{
    /// <summary>How a meeting stands, as a sentence.</summary>
    public static string Lead(HandoffMeeting meeting, DateTimeOffset now)
    {
        var when = $"{OnCallText.Day(meeting.At)} UTC";
        var who = $"{meeting.Leaving?.Name ?? "nobody"} to {meeting.Coming?.Name ?? "nobody"}";
        return meeting.StateAt(now) switch
        {
            HandoffState.Ahead => $"Handoff {when}: {who}.",
            HandoffState.Due => $"The handoff meeting is on until {OnCallText.Day(meeting.Until)[^5..]} UTC: {who}.",
            HandoffState.Overdue => $"The handoff of {when} was not held: {who}.",
            HandoffState.Held => $"The handoff of {when} was held: {who}.",
            _ when meeting.Leaving is not null && meeting.Leaving.Id == meeting.Coming?.Id => $"At the handoff of {when} {meeting.Leaving.Name} stays: nothing is handed over.",
            _ => $"The handoff of {when} needs no meeting.",
        };
    }

    /// <summary>State in one or two words.</summary>
    public static string Word(HandoffState state) => state switch
    {
        HandoffState.Ahead => "ahead",
        HandoffState.Due => "due now",
        HandoffState.Overdue => "not held",
        HandoffState.Held => "held",
        _ => "not needed",
    };

    /// <summary>What is still missing for it to count as held; null when nothing is.</summary>
    public static string? Missing(HandoffMeeting meeting)
    {
        var missing = (meeting.Record.Summary is null ? ["the summary"] : Array.Empty<string>())
            .Concat(meeting.Open.Select(side => $"the word of {meeting.Of(side)!.Name}, who {(side == HandoffSide.Leaving ? "leaves" : "comes")}")).ToList();
        return missing.Count == 0 ? null : $"Still missing: {string.Join("; ", missing)}.";
    }

    /// <summary>What is owed now, for pages that only remind of it; null when nothing is.</summary>
    public static string? Owed(HandoffMeeting meeting, DateTimeOffset now) =>
        meeting.StateAt(now) is HandoffState.Due or HandoffState.Overdue ? $"{Lead(meeting, now)} {Missing(meeting)}" : null;

    /// <summary>What somebody said, as a sentence.</summary>
    public static string Said(HandoffMeeting meeting, HandoffPresence said) => said.Instead is { } why
        ? $"{said.By} for {meeting.Of(said.Side)?.Name ?? "nobody"} ({why}), {OnCallText.Day(said.At)} UTC"
        : $"{meeting.Of(said.Side)?.Name ?? said.By}, {OnCallText.Day(said.At)} UTC";
}
