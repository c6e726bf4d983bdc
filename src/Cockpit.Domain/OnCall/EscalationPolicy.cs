using System.Collections.Immutable;
using Cockpit.Domain.Alerts;

namespace Cockpit.Domain.OnCall;

/// <summary>Who is asked about one incident as time goes by without progress.</summary>
/// <param name="Steps">The steps by time, the first at once.</param>
/// <param name="Major">Who is asked in addition when the incident is declared major; null when nobody is.</param>
/// <param name="LastResort">Role that is paged again and again when the policy is exhausted.</param>
/// <param name="Cycle">Length of one round; the next begins after it.</param>
public sealed record EscalationPolicy(ImmutableArray<PolicyStep> Steps, PolicyStep? Major, string LastResort, TimeSpan Cycle)
{
    /// <summary>Rounds before the policy counts as exhausted.</summary>
    public const int Rounds = 2;

    private static readonly TimeSpan UsualGap = TimeSpan.FromMinutes(15);

    /// <summary>From step to step at the end of a round, and from page to page once the policy is exhausted.</summary>
    public TimeSpan Gap => Steps.IsEmpty ? UsualGap : Cycle - Steps[^1].After;

    /// <summary>The policy for an incident: the scenario's row names the people where there is one, else the matrix by level.</summary>
    /// <remarks>
    /// The sources' minutes hold for P1 and P2. Where a severity leaves longer to acknowledge, its steps lie proportionally further apart: nobody
    /// is woken for what may wait until the morning.
    /// </remarks>
    public static EscalationPolicy For(EscalationPlan plan, string? scenarioId, Severity severity)
    {
        var usual = plan.Levels.Length > 0 ? plan.Levels[0].AcknowledgeWithin ?? TimeSpan.FromMinutes(5) : TimeSpan.FromMinutes(5);
        var pace = Math.Max(1, (plan.Severity(severity.ToString())?.AcknowledgeWithin ?? usual) / usual);
        var timed = plan.Levels.Where(level => level.After is not null).ToImmutableArray();
        ImmutableArray<PolicyStep> steps = scenarioId is not null && plan.Scenario(scenarioId) is { } scenario
            ? [.. scenario.Steps.Select((step, index) => new PolicyStep(index + 1, step.After * pace, step.Role, DutiesOf(plan, index + 1)))]
            : [.. timed.Select(level => new PolicyStep(level.Number, level.After!.Value * pace, level.Role, level.Duties))];
        var major = plan.Levels.FirstOrDefault(level => level.After is null);
        return new EscalationPolicy(
            steps, major is null ? null : new PolicyStep(major.Number, TimeSpan.Zero, major.Role, major.Duties),
            timed.IsEmpty ? steps[^1].Role : timed[^1].Role, (steps.IsEmpty ? TimeSpan.Zero : steps[^1].After) + UsualGap * pace);
    }

    private static ImmutableArray<string> DutiesOf(EscalationPlan plan, int number) =>
        plan.Levels.FirstOrDefault(level => level.Number == number)?.Duties ?? [];
}

/// <summary>One step of a policy.</summary>
/// <param name="Level">From 1.</param>
/// <param name="After">Time without progress after which it is due.</param>
/// <param name="Role">Id of the role that is asked.</param>
/// <param name="Duties">What whoever it wakes is asked to do.</param>
public sealed record PolicyStep(int Level, TimeSpan After, string Role, ImmutableArray<string> Duties);
