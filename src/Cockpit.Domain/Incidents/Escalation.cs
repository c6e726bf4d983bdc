using System.Collections.Immutable;
using Cockpit.Domain.Health;
using Cockpit.Domain.OnCall;

namespace Cockpit.Domain.Incidents;

/// <summary>The next page that silence will bring.</summary>
/// <param name="At">When.</param>
/// <param name="Level">The level.</param>
/// <param name="Role">Title of the role.</param>
/// <param name="Person">The person's name as of now; null when nobody stands there.</param>
public sealed record UpcomingPage(DateTimeOffset At, int Level, string Role, string? Person);

/// <summary>Decides who is asked to come, from what is stored and the instant alone: it remembers nothing and never waits.</summary>
/// <remarks>
/// Everything is counted from the last progress. Level 1 is paged at once, and again when nobody has acknowledged in time. Each further level is
/// paged at its own time without progress; at the second level's time an acknowledgement without a sign of life lapses and its level is
/// paged again. A step with nobody behind it is passed over and the next is due at once. After the last step the policy runs once more, and
/// then the last resort is paged again and again, office hours or not. Each timer has a name that its event carries: it fires once.
/// </remarks>
public static class Escalation
{
    /// <summary>What is due now, in order; nothing when nothing is.</summary>
    public static ImmutableArray<IncidentEvent> Due(Incident incident, EscalationPolicy policy, OnCallSchedule schedule, DateTimeOffset now)
    {
        if (policy.Steps.IsEmpty) return [];
        var due = ImmutableArray.CreateBuilder<IncidentEvent>();
        if (incident.IsMajor && incident.IsOpen && policy.Major is { } major && incident.Level < major.Level)
            due.Add(Ask(major, "major", schedule, now, "the incident was declared major"));
        if (!incident.IsWatched) return due.ToImmutable();

        foreach (var (timer, at) in Timers(incident, policy, now))
        {
            if (at > now || HasFired(incident, timer.Name)) continue;
            due.AddRange(Fire(incident, policy, schedule, timer, now));
        }

        return due.ToImmutable();
    }

    /// <summary>The next page if nobody does anything; null when none will come.</summary>
    public static UpcomingPage? Next(Incident incident, EscalationPolicy policy, OnCallSchedule schedule, DateTimeOffset now)
    {
        if (policy.Steps.IsEmpty || !incident.IsWatched) return null;
        var next = Timers(incident, policy, now + policy.Gap)
            .Where(entry => entry.At > now && !HasFired(incident, entry.Timer.Name) && entry.Timer.Kind != TimerKind.Exhausted)
            .OrderBy(entry => entry.At).Select(entry => ((Timer Timer, DateTimeOffset At)?)entry).FirstOrDefault();
        if (next is not { } found) return null;
        var role = found.Timer.Kind == TimerKind.LastResort ? policy.LastResort : found.Timer.Step.Role;
        return new UpcomingPage(found.At, found.Timer.Step.Level, schedule.TitleOf(role),
            schedule.Behind(role, found.At, found.Timer.Kind == TimerKind.LastResort)?.Name);
    }

    /// <summary>The page of the next level because a person asks for it; of the last when there is no further.</summary>
    public static IncidentEvent ByHand(Incident incident, EscalationPolicy policy, OnCallSchedule schedule, string because, DateTimeOffset now)
    {
        for (var step = Following(policy, incident.Level); ; step = Following(policy, step.Level))
        {
            if (schedule.Behind(step.Role, now) is { } person) return Page(step, null, person, schedule, because);
            if (step == policy.Steps[^1])
                return schedule.Behind(policy.LastResort, now, beyondHours: true) is { } last
                    ? Page(step with { Role = policy.LastResort }, null, last, schedule, because)
                    : new IncidentEvent.StepSkipped("by-hand", step.Level, schedule.TitleOf(step.Role), schedule.EmptyBecause(step.Role, now));
        }
    }

    private static PolicyStep Following(EscalationPolicy policy, int level) => policy.Steps.FirstOrDefault(step => step.Level > level) ?? policy.Steps[^1];

    private static bool HasFired(Incident incident, string timer) => incident.Fired.Contains(timer);

    /// <summary>Every timer of the present silence up to an instant, with the time at which it is due.</summary>
    private static IEnumerable<(Timer Timer, DateTimeOffset At)> Timers(Incident incident, EscalationPolicy policy, DateTimeOffset until)
    {
        var since = incident.SilentSince;
        var first = policy.Steps[0];
        if (incident.State == IncidentState.Triggered && !HasFired(incident, "lapse"))
            yield return (new Timer("acknowledge", TimerKind.NotAcknowledged, first), since + incident.AcknowledgeWithin);
        if (incident.State == IncidentState.Acknowledged || HasFired(incident, "lapse"))
            yield return (new Timer("lapse", TimerKind.Lapse, first), since + (policy.Steps.Length > 1 ? policy.Steps[1].After : policy.Gap));
        for (var round = 1; round <= EscalationPolicy.Rounds; round++)
        {
            var starts = since + policy.Cycle * (round - 1);
            if (starts > until) yield break;
            if (round > 1) yield return (new Timer(Name(round, 0), TimerKind.Exhausted, first), starts);
            DateTimeOffset? passedOverAt = null;
            foreach (var step in policy.Steps)
            {
                var at = passedOverAt ?? starts + step.After;
                yield return (new Timer(Name(round, step.Level), TimerKind.Step, step), at);
                passedOverAt = incident.Skipped.Contains(Name(round, step.Level)) ? at : null;
            }
        }

        var exhaustedAt = since + policy.Cycle * EscalationPolicy.Rounds;
        if (exhaustedAt > until) yield break;
        yield return (new Timer("exhausted", TimerKind.Exhausted, policy.Steps[^1]), exhaustedAt);
        // After a pause of the cockpit only the newest of the missed ones is made up for.
        var passed = (long)((until - exhaustedAt) / policy.Gap);
        yield return (new Timer(FormattableString.Invariant($"last-resort-{passed}"), TimerKind.LastResort, policy.Steps[^1]), exhaustedAt + policy.Gap * passed);
    }

    private static IEnumerable<IncidentEvent> Fire(
        Incident incident, EscalationPolicy policy, OnCallSchedule schedule, Timer timer, DateTimeOffset now)
    {
        var silence = FigureText.Duration(now - incident.SilentSince);
        switch (timer.Kind)
        {
            case TimerKind.NotAcknowledged:
                yield return Again(incident, timer, schedule, now, $"nobody has acknowledged within {FigureText.Duration(incident.AcknowledgeWithin)}");
                break;
            case TimerKind.Lapse:
                yield return new IncidentEvent.AcknowledgementLapsed(timer.Name, incident.AcknowledgedBy?.Name ?? "nobody", now - incident.SilentSince);
                yield return Again(incident, timer with { Name = "lapse-page" }, schedule, now, "the acknowledgement lapsed without a sign of progress");
                break;
            case TimerKind.Exhausted when timer.Name == "exhausted":
                yield return new IncidentEvent.Exhausted(timer.Name,
                    $"Everybody was asked {EscalationPolicy.Rounds} times and nobody answered; {schedule.TitleOf(policy.LastResort)} is paged every {FigureText.Duration(policy.Gap)} from here on");
                break;
            case TimerKind.Exhausted:
                yield return new IncidentEvent.Exhausted(timer.Name, "Everybody was asked and nobody answered; the escalation begins again");
                break;
            case TimerKind.LastResort:
                yield return AskLastResort(policy, timer, schedule, now);
                break;
            default:
                yield return Ask(timer.Step, timer.Name, schedule, now,
                    timer.Step.Level == 1 && timer.Name == Name(1, 1) ? incident.Title : $"no progress for {silence}");
                break;
        }
    }

    /// <summary>Whoever fell silent is asked again; when that is nobody on the plan, the first step's person is.</summary>
    private static IncidentEvent Again(Incident incident, Timer timer, OnCallSchedule schedule, DateTimeOffset now, string why)
    {
        if (timer.Name == "lapse-page" && incident.AcknowledgedBy is { } silent && schedule.Whose(silent.Id, silent.Name) is { } same)
            return Page(timer.Step, timer.Name, same, schedule, why);
        return Ask(timer.Step, timer.Name, schedule, now, why);
    }

    private static IncidentEvent AskLastResort(EscalationPolicy policy, Timer timer, OnCallSchedule schedule, DateTimeOffset now) =>
        schedule.Behind(policy.LastResort, now, beyondHours: true) is { } person
            ? Page(timer.Step with { Role = policy.LastResort }, timer.Name, person, schedule, "the escalation is exhausted and nobody answers")
            : new IncidentEvent.StepSkipped(timer.Name, timer.Step.Level, schedule.TitleOf(policy.LastResort), "nobody stands behind the last resort");

    private static IncidentEvent Ask(PolicyStep step, string timer, OnCallSchedule schedule, DateTimeOffset now, string why) =>
        schedule.Behind(step.Role, now) is { } person
            ? Page(step, timer, person, schedule, why)
            : new IncidentEvent.StepSkipped(timer, step.Level, schedule.TitleOf(step.Role), schedule.EmptyBecause(step.Role, now));

    private static IncidentEvent.Paged Page(PolicyStep step, string? timer, OnCallPerson person, OnCallSchedule schedule, string why) =>
        new(timer, step.Level, schedule.TitleOf(step.Role), person.Id, person.Name, why, step.Duties);

    private static string Name(int round, int level) => FormattableString.Invariant($"r{round}l{level}");

    private enum TimerKind
    {
        Step,
        NotAcknowledged,
        Lapse,
        Exhausted,
        LastResort,
    }

    private sealed record Timer(string Name, TimerKind Kind, PolicyStep Step);
}
