using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Live;

namespace Cockpit.UseCases.Executing;

/// <summary>What the judge found: the target as it is now, and every guard's verdict.</summary>
/// <param name="Target">The target; null when it could not be read.</param>
/// <param name="ResourceVersion">The version it was read at; dispatch asks for exactly this one.</param>
/// <param name="Verdicts">Every guard's verdict.</param>
/// <param name="DryRun">What the server said to a dry run.</param>
public sealed record Judgement(
    WorkloadReading? Target, string? ResourceVersion, ImmutableArray<GuardVerdict> Verdicts, DryRunResult DryRun);

/// <summary>Reads the target now, asks the server for a dry run and lets every guard judge: the same way at preview and at dispatch.</summary>
public sealed class ActionJudge(IDeployments deployments, SnapshotFeed feed, ExecutionBook book, CatalogVersion catalog, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public async Task<Judgement> JudgeAsync(
        Actor actor, ActionDefinition action, string cardId, int desired, ActionPreview? confirming, CancellationToken cancellationToken)
    {
        var target = new DeploymentRef(action.Target.Namespace!, action.Target.Name);
        var read = await ClusterPatience.AskAsync(token => deployments.ReadAsync(target, token), Patience, clock, cancellationToken);
        var accepted = read as ClusterAnswer.Accepted;
        var context = new GuardContext(
            actor, action, accepted?.Workload, accepted is null ? ClusterText.Of(read) : null, desired, feed.Current.Health?.Card(cardId),
            book.Recent.RemoveAll(execution => execution.Id == confirming?.Id), null, confirming, catalog.Version, clock.GetUtcNow());

        var refused = GuardList.JudgeBeforeDryRun(context).Any(verdict => verdict.Outcome == GuardOutcome.Refuses);
        if (refused || accepted is null)
            return new Judgement(accepted?.Workload, accepted?.ResourceVersion, GuardList.JudgeAll(context), new DryRunResult(null, "not asked"));

        var dryRun = Translate(await ClusterPatience.AskAsync(
            token => deployments.DryRunScaleAsync(target, desired, accepted.ResourceVersion, token), Patience, clock, cancellationToken));
        return new Judgement(accepted.Workload, accepted.ResourceVersion, GuardList.JudgeAll(context with { DryRun = dryRun }), dryRun);
    }

    private static DryRunResult Translate(ClusterAnswer answer) => answer switch
    {
        ClusterAnswer.Accepted => new(true, "The server admits the change."),
        ClusterAnswer.Unreachable or ClusterAnswer.Throttled => new(null, ClusterText.Of(answer)),
        _ => new(false, ClusterText.Of(answer)),
    };
}

/// <summary>The catalog's version, as previews pin it.</summary>
public sealed record CatalogVersion(string Version);
