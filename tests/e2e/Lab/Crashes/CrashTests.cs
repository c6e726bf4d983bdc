using System.Globalization;
using Cockpit.E2E.Lab.Pages;
using Xunit.Abstractions;

namespace Cockpit.E2E.Lab.Crashes;

/// <summary>A few kills, one for each way of reading back, at the boundaries where most could be lost or doubled.</summary>
[Trait("needs", "lab")]
[Collection(nameof(RealServers))]
public sealed class CrashSampleTests(ITestOutputHelper output) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => RealServers.ResetAsync();

    [Fact]
    public async Task Killed_process_loses_no_intent_and_repeats_nothing()
    {
        await using var cockpit = await CrashedCockpit.PrepareAsync();
        var campaign = new CrashCampaign(cockpit, new Random(1), "crash-sample.txt");
        foreach (var (deed, step) in ((Deed, CrashStep?)[])
        [
            (new Analyze(), new CrashStep(CrashStep.Sent)),
            (new Scale("user") { IsLeased = true }, new CrashStep("before execution.dispatch-intended")),
            (new Restart("api-gateway"), new CrashStep(CrashStep.Sent)),
            (new Failover { IsApproved = true }, new CrashStep(CrashStep.Sent)),
            (new Delete("market-data"), new CrashStep("before send")),
            (new Switch("approved-switch", "data-provider-config", "mock_data", "false", "true") { IsApproved = true }, new CrashStep("after execution.approval-asked")),
            (new Point { IsLeased = true }, new CrashStep(CrashStep.Sent, OfRevert: true)),
        ]) await campaign.CrashAsync(new CrashRun(cockpit, deed, step, alone: false));

        output.WriteLine(await campaign.EndAsync());
        Assert.Equal(7, cockpit.Kills);
    }
}

/// <summary>
/// Every boundary of every kind of execution, its revert, its approval and what follows a crash, and kills at any moment in between.
/// <c>COCKPIT_CRASHES</c> says how many. Every fourth process dies alone and is followed by a cold start.
/// </summary>
[Trait("needs", "crash")]
[Collection(nameof(RealServers))]
public sealed class CrashTests(ITestOutputHelper output)
{
    private const string Usual = "200";

    [Fact]
    public async Task Killed_process_loses_no_intent_and_repeats_nothing()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("COCKPIT_CRASHES") is { Length: > 0 } text ? text : Usual, CultureInfo.InvariantCulture);
        await using var cockpit = await CrashedCockpit.PrepareAsync();
        var campaign = new CrashCampaign(cockpit, new Random(7), "crashes.txt");
        var deeds = CrashCampaign.Deeds.ToList();
        var turns = new Dictionary<string, int>();
        var number = 0;
        while (cockpit.Kills < count)
        {
            // Whose target is free takes the next boundary of its kind; where none is, the first in line is waited for.
            var deed = deeds.Find(each => !campaign.IsBusy(each)) ?? deeds[0];
            deeds.Remove(deed);
            deeds.Add(deed);
            var steps = CrashStep.Of(deed);
            var turn = turns[deed.Kind] = turns.GetValueOrDefault(deed.Kind) + 1;
            var step = turn % 8 == 0 ? null : steps[(turn - 1 - (turn / 8)) % steps.Count];
            await campaign.CrashAsync(new CrashRun(cockpit, deed, step, alone: number++ % 4 == 0));
        }

        output.WriteLine(await campaign.EndAsync());
    }
}
