using System.Collections.Concurrent;
using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Live;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Executing;

/// <summary>
/// Turns temporary changes back when their time is up. The revert is an execution of its own with an id that follows from what is recorded:
/// intent before act, read back and shown like any other, and after a crash the same one goes on.
/// </summary>
public sealed class LeaseKeeper(
    PlatformModel model, SnapshotFeed feed, ExecutionBook book, ActionDispatcher dispatcher, ActionSender sender, ExecutionRecord record,
    IEventStore store, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Watch> _watches = new(StringComparer.Ordinal);

    /// <summary>The next fact about a lease; null while there is nothing to say.</summary>
    public async Task<ExecutionEvent?> NextAsync(Execution execution, CancellationToken cancellationToken)
    {
        if (execution is not { HoldsLease: true, Lease: { } lease })
        {
            _watches.TryRemove(execution.Id, out _);
            return null;
        }

        if (lease.RevertId is { } revert) return await FollowAsync(execution, lease, revert, cancellationToken);
        if (!IsDue(execution, lease) || !HasEvidence()) return null;
        return await DecideAsync(execution, lease.RevertForced, cancellationToken) switch
        {
            null => Failed("the target cannot be read"),
            LeaseDecision.End end => new ExecutionEvent.LeaseEnded(end.Why),
            LeaseDecision.Stay stay => new ExecutionEvent.LeaseExtended(clock.GetUtcNow() + lease.SelfExtension, stay.Why, Itself: true),
            LeaseDecision.Revert => new ExecutionEvent.RevertBegun(lease.NextRevertId(execution.Id), null),
            _ => null,
        };
    }

    /// <summary>
    /// A machine's clock may be set back, and the change must not stand longer for that: from when a lease is first seen its time is also
    /// measured by what never goes back. Begun anew, that leaves no more than there was at the last fact.
    /// </summary>
    private bool IsDue(Execution execution, Lease lease)
    {
        var now = clock.GetUtcNow();
        var watch = _watches.AddOrUpdate(execution.Id, _ => Begin(), (_, held) => held.DueAt == lease.DueAt ? held : Begin());
        return lease.IsDue(now) || clock.GetElapsedTime(watch.Since) >= watch.Left;

        Watch Begin() => new(lease.DueAt, clock.GetTimestamp(), lease.DueAt - (now > execution.ChangedAt ? now : execution.ChangedAt));
    }

    /// <summary>What turning back would come to now; null when the target cannot be read.</summary>
    public async Task<LeaseDecision?> DecideAsync(Execution execution, bool forced, CancellationToken cancellationToken) =>
        await dispatcher.ObserveAsync(execution, cancellationToken) is { } target ? Judge(execution, target, forced) : null;

    private async Task<ExecutionEvent?> FollowAsync(Execution execution, Lease lease, string revertId, CancellationToken cancellationToken)
    {
        var revert = book.Find(revertId) ?? await record.ReadAsync(revertId, cancellationToken);
        switch (revert?.State)
        {
            case null:
                return await SendAsync(execution, lease, revertId, cancellationToken);
            case ExecutionState.Done:
                return new ExecutionEvent.LeaseEnded($"turned back, {revert.Note}");
            case ExecutionState.EffectMissed:
                return new ExecutionEvent.LeaseEnded($"turned back, but {revert.Note}");
            case ExecutionState.Refused or ExecutionState.Cancelled:
                return Failed(revert.Note?.TrimEnd('.') ?? "it was refused");
            default:
                return null;
        }
    }

    private async Task<ExecutionEvent?> SendAsync(Execution execution, Lease lease, string revertId, CancellationToken cancellationToken)
    {
        var claims = await sender.ClaimsAsync(execution.Target, cancellationToken);
        if (await dispatcher.ObserveAsync(execution, cancellationToken) is not { } target) return Failed("the target cannot be read");
        switch (Judge(execution, target, lease.RevertForced))
        {
            case LeaseDecision.End end:
                return new ExecutionEvent.LeaseEnded(end.Why);
            case LeaseDecision.Stay stay:
                return new ExecutionEvent.LeaseExtended(clock.GetUtcNow() + lease.SelfExtension, stay.Why, Itself: true);
            case LeaseDecision.Revert back:
                var requested = new ExecutionEvent.Requested(Compose(execution, revertId, target, back.Fields), RevertOf: execution.Id);
                var appended = await store.AppendAsync(ExecutionRecord.StreamOf(revertId), 0, [Ledger.Write(requested, Actor.System)], revertId, cancellationToken);
                if (appended is not AppendResult.Appended) return null;
                var revert = Execution.Apply(null, requested, Actor.System, clock.GetUtcNow());
                await sender.SendAsync(revert, claims, target.Version, Actor.System, cancellationToken);
                return null;
            default:
                return null;
        }
    }

    private LeaseDecision Judge(Execution execution, TargetState target, bool forced)
    {
        var preview = execution.Preview;
        var known = model.Action(preview.CardId, preview.ActionId);
        return LeaseRule.Judge(
            execution, book.Recent, target, known is null ? null : ActionInputs.Fill(known, preview.Inputs), feed.Current.Health?.Card(preview.CardId), forced,
            clock.GetUtcNow());
    }

    private ActionPreview Compose(Execution execution, string id, TargetState target, ImmutableArray<FieldChange> fields)
    {
        var now = clock.GetUtcNow();
        var preview = execution.Preview;
        return preview with
        {
            Id = id,
            Title = $"Turn back “{preview.Title}”",
            Pinned = new PinnedTarget(preview.Pinned.CatalogVersion, target.Uid, target.Generation, fields, target.Digest),
            At = now,
            ValidUntil = now + ActionPreview.Validity,
            Guards =
            [
                GuardVerdict.Pass("The target is as the change left it", "Read right before turning back."),
                GuardVerdict.Pass("Turning back does not hurt", execution.Lease!.RevertForced ? "A person asked for it." : "The load allows it."),
            ],
            Evidence = [],
            DryRun = DryRunResult.NotAvailable("not asked: it returns to what was there"),
            Diff =
            [
                new(' ', $"# {preview.Target}"),
                .. fields.SelectMany(field => new[] { new DiffLine('-', $"{field.Name}: {field.From ?? "absent"}"), new DiffLine('+', $"{field.Name}: {field.To ?? "absent"}") }),
            ],
            Expected = "The target is as it was before the change.",
            Inverse = null,
            Risk = ActionRisk.Low,
            NeedsReason = false,
        };
    }

    private ExecutionEvent.RevertFailed Failed(string why) => new(why, clock.GetUtcNow() + Lease.RetryAfter);

    /// <summary>Right after a start nothing has been measured yet, and no evidence must not pass for evidence.</summary>
    private bool HasEvidence() => feed.Current.Health is { Readings: var readings } && HasSpoken(readings.Cluster) && HasSpoken(readings.Metrics);

    private static bool HasSpoken<T>(SourceState<T> source) => !source.Configured || source.Latest is not null || source.Failure is not null;

    private sealed record Watch(DateTimeOffset DueAt, long Since, TimeSpan Left);
}
