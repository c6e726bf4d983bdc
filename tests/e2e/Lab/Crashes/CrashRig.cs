using System.Globalization;
using System.Text.Json.Nodes;

namespace Cockpit.E2E.Lab.Crashes;

/// <summary>One execution on the real cluster that is cut short, and what must hold afterwards, read from the cluster and from the ledger.</summary>
internal static class CrashRig
{
    private const string Card = "degraded-websockets";
    private const string Executions = "/api/v1/executions";

    private static readonly TimeSpan StepTakes = TimeSpan.FromSeconds(75);
    private static readonly string[] Unsettled = ["requested", "dispatching", "unknown", "cancellable"];

    /// <summary>Every step of scaling out, and of turning it back.</summary>
    public static IEnumerable<string> Steps => new[]
    {
        "execution.requested", "target.claimed", "execution.dispatch-intended", "send", "execution.accepted", "execution.effect-seen",
        "execution.revert-begun", "execution.requested#2", "target.claimed#2", "execution.dispatch-intended#2", "send#2", "execution.accepted#2",
        "execution.effect-seen#2", "execution.lease-ended",
    }.SelectMany(step => new[] { $"before {step}", $"after {step}" });

    /// <summary>Runs, is killed at a step or after a while, is started again, and proves the rest.</summary>
    public static async Task CrashAsync(string? step, TimeSpan? killAfter = null)
    {
        await ScaleToFourAsync();
        var before = await LookAsync();
        await using var cockpit = await CrashedCockpit.PrepareAsync();
        await cockpit.StartAsync(step);
        var id = await cockpit.PreviewAsync(Card, "scale-out");
        if (killAfter is { } pause)
        {
            var confirming = cockpit.TryPostAsync(Executions, new { preview = id, held = true });
            await Task.Delay(pause, TimeProvider.System);
            cockpit.Kill();
            await confirming;
        }
        else
        {
            id = await ConfirmAsync(cockpit, id);
            if (step!.Contains('#', StringComparison.Ordinal) || step.Contains("revert", StringComparison.Ordinal) || step.Contains("lease", StringComparison.Ordinal))
                await TurnBackAsync(cockpit, id);
        }

        Assert.True(await cockpit.DiedAsync(StepTakes), $"The process was not killed {step}.");
        await cockpit.StartAsync(null);
        await SettleAsync(cockpit, id);
        await ProveAsync(cockpit, id, before, await LookAsync());
    }

    /// <summary>Confirms until it is taken or the process is gone: what moves in between (a rollout that ends, a figure that is late) is asked again.</summary>
    private static async Task<string> ConfirmAsync(CrashedCockpit cockpit, string id)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await cockpit.TryPostAsync(Executions, new { preview = id, held = true }) is not { } answer || answer["state"] is not null) return id;
            if (attempt == 5) throw new InvalidOperationException($"Nobody lets it run: {answer.ToJsonString()}");
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            id = await cockpit.PreviewAsync(Card, "scale-out");
        }
    }

    private static async Task TurnBackAsync(CrashedCockpit cockpit, string id)
    {
        await CrashedCockpit.UntilAsync(
            async () => (string?)(await cockpit.TryGetAsync($"{Executions}/{id}"))?["state"] is "effectSeen" or "recovered", "the effect is seen");
        await cockpit.TryPostAsync($"{Executions}/{id}/lease/revert", new { reason = "crash test" });
    }

    /// <summary>Nothing waits for the supervisor any more: no execution is on its way, and a revert that was begun has ended.</summary>
    private static Task SettleAsync(CrashedCockpit cockpit, string id) => CrashedCockpit.UntilAsync(async () =>
    {
        if (await cockpit.TryGetAsync(Executions) is not JsonArray all) return false;
        if (all.Any(each => Unsettled.Contains((string)each!["state"]!))) return false;
        return await cockpit.TryGetAsync($"{Executions}/{id}") is not { } main
            || main["lease"] is not { } lease || lease["revertExecution"] is null && !WasAskedBack(main) || !(bool)lease["open"]!;
    }, "everything is settled");

    private static async Task ProveAsync(CrashedCockpit cockpit, string id, Look before, Look after)
    {
        var main = await cockpit.TryGetAsync($"{Executions}/{id}");
        var all = (await cockpit.TryGetAsync(Executions))!.AsArray();
        var story = $"{before} → {after}: {main?.ToJsonString() ?? "no execution"}";

        // Nothing harmful twice: each execution was sent at most once, and the cluster was changed no oftener than that.
        Assert.True(all.All(each => TextsOf(each!).Count(text => text == "Sent to the target") <= 1), story);
        Assert.True(after.Generation - before.Generation <= all.Count(each => TextsOf(each!).Contains("Sent to the target")), story);

        // No intent lost: what the cluster shows, the ledger tells, and the other way round.
        var taken = main is not null && TextsOf(main).Any(text => text.StartsWith("Accepted:", StringComparison.Ordinal) || text.StartsWith("Read back: the target asks for 8", StringComparison.Ordinal));
        if (!taken) Assert.True(after == before, story);
        else if (main!["lease"] is { } lease && !(bool)lease["open"]!) Assert.True(after is { Replicas: 4 } && after.Generation == before.Generation + 2, story);
        else Assert.True(after is { Replicas: 8 } && after.Generation == before.Generation + 1, story);

        Assert.StartsWith("Intact", await cockpit.VerifyAsync(), StringComparison.Ordinal);
    }

    private static bool WasAskedBack(JsonNode execution) => TextsOf(execution).Any(text => text.Contains("turns it back now", StringComparison.Ordinal));

    private static List<string> TextsOf(JsonNode execution) => [.. execution["steps"]!.AsArray().Select(step => (string)step!["text"]!)];

    private static async Task ScaleToFourAsync()
    {
        await Pages.Lab.KubectlAsync("scale", "deployment", "websocket-manager", "-n", "bondx", "--replicas=4");
        await CrashedCockpit.UntilAsync(async () => await Pages.Lab.WebSocketManagersAsync() == "4 4", "four managers are ready");
    }

    private static async Task<Look> LookAsync()
    {
        var text = await Pages.Lab.KubectlAsync(
            "get", "deployment", "websocket-manager", "-n", "bondx", "-o", "jsonpath={.spec.replicas} {.metadata.generation}");
        var parts = text.Split(' ');
        return new Look(int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The real deployment; its generation counts the changes that anybody made to its wish.</summary>
    private sealed record Look(int Replicas, long Generation);
}
