using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Health;

/// <summary>Something that changed on the platform: often the reason, sometimes the cure.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Subject">What changed.</param>
/// <param name="What">How it changed, as a sentence fragment after the subject.</param>
public sealed record Change(DateTimeOffset At, string Subject, string What)
{
    /// <summary>Changes kept.</summary>
    public const int Kept = 40;

    /// <summary>What differs between two looks at the platform, newest last.</summary>
    public static IEnumerable<Change> Between(
        PlatformReadings before, PlatformReadings after, ImmutableArray<CardState> cardsBefore, ImmutableArray<CardState> cardsAfter, DateTimeOffset now)
    {
        if (before.Cluster.Latest?.Value is { } clusterBefore && after.Cluster.Latest?.Value is { } clusterAfter && clusterBefore != clusterAfter)
            foreach (var change in OfWorkloads(clusterBefore, clusterAfter, now)) yield return change;
        if (before.Redis.Latest?.Value.Master is { } master && after.Redis.Latest?.Value.Master is { } elected && master != elected)
            yield return new(now, "Redis", $"master moved from {master} to {elected}");
        foreach (var change in OfCards(cardsBefore, cardsAfter, now)) yield return change;
    }

    private static IEnumerable<Change> OfWorkloads(ClusterReading before, ClusterReading after, DateTimeOffset now)
    {
        foreach (var workload in after.Workloads)
        {
            if (before.Find(workload.Namespace, workload.Name) is not { } old) continue;
            if (old.Uid != workload.Uid) yield return new(now, workload.Name, "was deleted and created again");
            if (old.Replicas != workload.Replicas) yield return new(now, workload.Name, $"was scaled from {old.Replicas} to {workload.Replicas}");
            if (old.Image != workload.Image) yield return new(now, workload.Name, $"runs {workload.Image}, before {old.Image}");
            else if (old.Revision != workload.Revision && workload.Revision is not null)
                yield return new(now, workload.Name, $"rolled out revision {workload.Revision}");
            if (old.ReadyReplicas < workload.Replicas && workload.ReadyReplicas == workload.Replicas && old.Replicas == workload.Replicas)
                yield return new(now, workload.Name, $"has all {workload.Replicas} replicas ready");
        }
    }

    private static IEnumerable<Change> OfCards(ImmutableArray<CardState> before, ImmutableArray<CardState> after, DateTimeOffset now)
    {
        foreach (var (card, old) in after.Join(before, state => state.Card.Id, state => state.Card.Id, (card, old) => (card, old)))
            foreach (var (symptom, was) in card.Symptoms.Zip(old.Symptoms))
            {
                if (symptom.Condition is not SignalCondition condition || was.Condition != symptom.Condition) continue;
                if (was.Verdict is Verdict.DoesNotHold or Verdict.Pending && symptom.Verdict == Verdict.Holds)
                    yield return new(now, card.Card.Title, $"{Label(condition)} began, at {FigureText.Write(symptom.Signal?.Value, condition.Unit)}");
                else if (was.Verdict == Verdict.Holds && symptom.Verdict == Verdict.DoesNotHold)
                    yield return new(now, card.Card.Title, $"{Label(condition)} ended, at {FigureText.Write(symptom.Signal?.Value, condition.Unit)}");
            }
    }

    private static string Label(SignalCondition condition) => $"“{condition.Label}”";
}
