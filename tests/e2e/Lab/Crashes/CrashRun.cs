using System.Text.Json.Nodes;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using static Cockpit.E2E.Lab.Crashes.CrashedCockpit;

namespace Cockpit.E2E.Lab.Crashes;

/// <summary>One deed that a crash cuts short, and the proof of what became of it, from the real server and from the ledger.</summary>
/// <param name="cockpit">Whose processes die.</param>
/// <param name="deed">The deed.</param>
/// <param name="step">Where the process ends; null for some moment after confirming.</param>
/// <param name="alone">True when no other instance is to be started that would stand by.</param>
internal sealed class CrashRun(CrashedCockpit cockpit, Deed deed, CrashStep? step, bool alone)
{
    private string _id = "";
    private Look _before = null!;
    private bool _shownUnknown;

    public Deed Deed => deed;

    public CrashStep? Step => step;

    /// <summary>True when no other instance was to be started.</summary>
    public bool IsAlone => alone;

    /// <summary>True when the process that ended was the only one, and a cold start followed.</summary>
    public bool WasAlone { get; private set; }

    /// <summary>True once the process has ended where it was meant to.</summary>
    public bool HasPassed { get; private set; }

    private string StepId => step!.OfRevert ? $"{_id}-r1" : _id;

    /// <summary>Prepares the target, asks for the deed and does what a person would do, until the process has ended at the step.</summary>
    public async Task DriveAsync(Random random)
    {
        await deed.PrepareAsync();
        _before = await deed.LookAsync();
        await PreviewAsync();
        WasAlone = !cockpit.HasSpare;
        if (step is null)
        {
            // The request is on its way while the process is killed; nobody waits for its answer.
            var confirming = ConfirmAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1_500)), TimeProvider.System);
            await cockpit.KillAsync();
            await confirming;
            HasPassed = true;
            return;
        }

        using var patience = new CancellationTokenSource(Deed.Patience, TimeProvider.System);
        while (!patience.IsCancellationRequested)
        {
            HasPassed |= cockpit.HasPassed(step.AfterLost ? CrashStep.Sent : step.Name, StepId);
            if (HasPassed || await GoOnAsync()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            await cockpit.UpAsync(alone);
        }

        throw new TimeoutException($"{this} never came to its step.");
    }

    /// <summary>Does what is left for people to do, and says whether the cockpit has nothing left to do about it either.</summary>
    public async Task<bool> SettleAsync()
    {
        if (await cockpit.Storage.ReadAsync(_id) is not { } execution) return true;
        if (execution.State == ExecutionState.AwaitingApproval) await ApproveAsync(execution);
        if (execution is { State: ExecutionState.Unknown, Preview.ReadBack: ReadBack.None }) await FindOutAsync();
        if (execution.HoldsTarget || execution.State == ExecutionState.AwaitingApproval) return false;
        return execution.Lease is not { IsOpen: true } lease || lease is { RevertId: null, RetryAt: null };
    }

    /// <summary>Compares the ledger with the server; throws where they do not agree.</summary>
    public async Task ProveAsync()
    {
        if (step is not null) cockpit.Disarm(step.Name, StepId);
        var after = await deed.LookAsync();
        var executions = new List<Execution>();
        for (var id = _id; await cockpit.Storage.ReadAsync(id) is { } execution; id = $"{_id}-r{executions.Count}") executions.Add(execution);
        var (intents, taken) = (0, executions.Where(execution => execution.AcceptedAt is not null).ToList());
        var story = $"{this}: {_before} → {after}\n{string.Join('\n', executions.SelectMany(execution => execution.Steps.Select(each => $"  {each.At:HH:mm:ss.fff} {execution.Id} {each.Text}")))}";
        foreach (var execution in executions)
        {
            var intended = await cockpit.Storage.IntentsAsync(execution.Id);
            Assert.True(intended <= 1, $"Sent twice. {story}");
            intents += intended;
        }

        var acts = after.Acts - _before.Acts;
        Assert.True(acts <= intents, $"Done without an intent on record, or twice: {acts} times. {story}");
        Assert.True(acts == taken.Count, $"The ledger tells of {taken.Count}, the server of {acts}. {story}");
        Assert.True(taken.Count == 0 || taken[^1].RevertOf is not null ? deed.IsAsBefore(_before, after) : deed.IsDone(_before, after, _id), $"Not as told. {story}");
        if (deed.Rule == ReadBack.None && executions is [{ DispatchedAt: not null } only])
            Assert.True(_shownUnknown || only.Steps.Any(each => each.Text.StartsWith("Accepted", StringComparison.Ordinal)), $"Unknown, and not shown as unknown. {story}");
    }

    public override string ToString() => $"{deed.Kind}, {step?.ToString() ?? "some moment"}{(WasAlone ? ", alone" : "")}";

    /// <summary>The next thing that a person would do; true when nothing is left that could bring it to its step.</summary>
    private async Task<bool> GoOnAsync()
    {
        switch (await cockpit.Storage.ReadAsync(_id))
        {
            case null:
                if (await ConfirmAsync() is { } answer && answer["state"] is null) await PreviewAsync();
                return false;
            case { State: ExecutionState.AwaitingApproval } waiting:
                await ApproveAsync(waiting);
                return false;
            case { Lease: { IsOpen: true, RevertId: null, RetryAt: null } } standing when step!.TurnsBack && !standing.HoldsTarget:
                await cockpit.TryPostAsync(Person.Anna, $"executions/{_id}/lease/revert", new { reason = "the crash test turns it back" });
                return false;
            case var execution:
                return !execution.HoldsTarget && execution.Lease is not { IsOpen: true } || execution.State is ExecutionState.Unknown
                    || execution.State is ExecutionState.EffectSeen && !step!.TurnsBack;
        }
    }

    private async Task PreviewAsync()
    {
        JsonNode? preview = null;
        await Deed.UntilAsync(async () =>
        {
            await cockpit.UpAsync(alone);
            preview = await cockpit.TryPostAsync(Person.Rita, $"cards/{CrashedCockpit.Card}/actions/{deed.Action}/previews", new { inputs = deed.Inputs });
            return preview?["mayRun"] is { } may && (bool)may;
        }, $"{this} may run", () => preview?.ToJsonString());
        if (step is not null && _id.Length > 0) cockpit.Disarm(step.Name, StepId);
        _id = (string)preview!["id"]!;
        if (step is null) return;
        cockpit.Arm(step.Name, StepId);
        if (step.AfterLost) cockpit.Arm(CrashStep.Sent, _id);
    }

    private Task<JsonNode?> ConfirmAsync() =>
        cockpit.TryPostAsync(Person.Rita, "executions", new { preview = _id, held = true, typedTarget = deed.Typed, reason = "the crash test wants it" });

    private Task<JsonNode?> ApproveAsync(Execution execution) =>
        cockpit.TryPostAsync(Person.Anna, $"executions/{_id}/approval", new { round = execution.Approval!.Round });

    /// <summary>A person sees that it is unknown, counts on the server, and says what they found.</summary>
    private async Task FindOutAsync()
    {
        if (await cockpit.TryGetAsync($"executions/{_id}") is not { } shown) return;
        _shownUnknown |= (string?)shown["state"] == "unknown";
        var done = deed.IsDone(_before, await deed.LookAsync(), _id);
        await cockpit.TryPostAsync(Person.Anna, $"executions/{_id}/resolution", new { done, note = "counted on the server" });
    }
}
