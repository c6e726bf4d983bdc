using System.Diagnostics;
using System.Globalization;
using Cockpit.E2E.Support;
using Cockpit.UseCases.Recording;

namespace Cockpit.E2E.Lab.Crashes;

/// <summary>
/// Kill after kill on one storage: while one execution is cut short, those before it come to their end. What each came to is compared with
/// the real servers, and the ledger's chain is verified after every kill.
/// </summary>
internal sealed class CrashCampaign(CrashedCockpit cockpit, Random random, string report)
{
    private readonly List<CrashRun> _open = [];
    private readonly List<CrashRun> _passed = [];
    private readonly List<string> _wrong = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _proved;

    /// <summary>Every deed there is; those of one kind take turns on their targets.</summary>
    public static IReadOnlyList<Deed> Deeds =>
    [
        new Scale("user") { IsLeased = true }, new Analyze(), new Switch("click-switch", "websocket-config", "compression_enabled", "false", "true") { IsHeldBack = true },
        new Restart("api-gateway"), new Failover { IsApproved = true }, new Delete("market-data"), new Point { IsLeased = true },
        new Switch("approved-switch", "data-provider-config", "mock_data", "false", "true") { IsApproved = true }, new Select(), new Terminate(),
        new Scale("analytics") { IsLeased = true }, new Restart("trading"), new Switch("typed-switch", "risk-config", "max_alerts_per_minute", "1000", "100") { IsLeased = true },
    ];

    /// <summary>One kill, as soon as the deed's target is free.</summary>
    public async Task CrashAsync(CrashRun run)
    {
        await Deed.UntilAsync(async () =>
        {
            await LookAfterAsync(run.IsAlone);
            return _open.All(other => other.Deed.Typed != run.Deed.Typed);
        }, $"{run.Deed.Typed} is free");
        await run.DriveAsync(random);
        _open.Add(run);
        if (run.HasPassed) _passed.Add(run);
        await LookAfterAsync(run.IsAlone);
        if (await cockpit.Storage.VerifyAsync() is var verdict and not AuditVerdict.Intact) _wrong.Add($"after {run}: {verdict.Sentence}");
        await ReportAsync();
    }

    /// <summary>True while something goes on where the deed would be done.</summary>
    public bool IsBusy(Deed deed) => _open.Any(run => run.Deed.Typed == deed.Typed);

    /// <summary>Waits until nothing is left open, and tells what was found.</summary>
    public async Task<string> EndAsync()
    {
        await Deed.UntilAsync(async () =>
        {
            await LookAfterAsync(alone: true);
            return _open.Count == 0;
        }, "every execution has come to its end", () => string.Join("; ", _open));
        var told = await ReportAsync();
        Assert.True(_wrong.Count == 0, string.Join("\n\n", _wrong));
        return told;
    }

    /// <summary>Kept while it goes on, so that one that is broken off is told of too.</summary>
    private async Task<string> ReportAsync()
    {
        var took = _watch.Elapsed;
        var told = string.Create(CultureInfo.InvariantCulture, $"""
            {cockpit.Kills} kills in {took.TotalMinutes:F1} min, {took.TotalSeconds / Math.Max(1, cockpit.Kills):F1} s each; after {_passed.Count(run => run.WasAlone)} a cold start, the others taken over by an instance that stood by
            proved {_proved} executions cut short, {_wrong.Count} wrong, {_open.Count} still open; ledger verified after each kill
            by kind: {Distribution(run => run.Deed.Kind)}
            by read-back: {Distribution(run => run.Deed.Rule.ToString())}
            by boundary: {Distribution(run => run.Step?.ToString() ?? "some moment")}
            """);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Repository.File("artifacts")).FullName, report), told + "\n" + string.Join("\n\n", _wrong));
        return told;
    }

    private string Distribution(Func<CrashRun, string> by) =>
        string.Join(", ", _passed.CountBy(by).OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value.ToString(CultureInfo.InvariantCulture)}"));

    private async Task LookAfterAsync(bool alone)
    {
        await cockpit.UpAsync(alone);
        foreach (var run in _open.ToList())
        {
            if (!await run.SettleAsync()) continue;
            _open.Remove(run);
            try
            {
                _proved++;
                await run.ProveAsync();
            }
            catch (Xunit.Sdk.XunitException wrong)
            {
                _wrong.Add(wrong.Message);
            }
        }
    }
}
