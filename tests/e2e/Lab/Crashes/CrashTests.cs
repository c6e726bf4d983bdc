using System.Globalization;
using Cockpit.E2E.Lab.Pages;

namespace Cockpit.E2E.Lab.Crashes;

/// <summary>A few kills at the steps where most could be lost or doubled.</summary>
[Trait("needs", "lab")]
[Collection(nameof(RealServers))]
public sealed class CrashSampleTests : IAsyncLifetime
{
    public Task InitializeAsync() => Pages.Lab.DoAsync("fault", "degraded-websockets", "on");

    public Task DisposeAsync() => RealServers.ResetAsync();

    [Theory]
    [InlineData("before execution.dispatch-intended")]
    [InlineData("after send")]
    [InlineData("after send#2")]
    public Task Killed_process_loses_no_intent_and_repeats_nothing(string step) => CrashRig.CrashAsync(step);
}

/// <summary>
/// Every step of an execution and of its revert, again and again, and kills at any moment in between. <c>COCKPIT_CRASHES</c> says how many.
/// </summary>
[Trait("needs", "crash")]
[Collection(nameof(RealServers))]
public sealed class CrashTests : IAsyncLifetime
{
    private const int Usual = 200;

    /// <summary>Within this time after confirming, an execution passes from the request to its effect.</summary>
    private const double LastKillAfterSeconds = 3;

    public static TheoryData<int, string?> Kills
    {
        get
        {
            var data = new TheoryData<int, string?>();
            var steps = CrashRig.Steps.ToList();
            var count = int.Parse(Environment.GetEnvironmentVariable("COCKPIT_CRASHES") ?? Usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            for (var number = 0; number < count; number++)
                data.Add(number, number % 3 == 2 && number >= steps.Count ? null : steps[number % steps.Count]);
            return data;
        }
    }

    public Task InitializeAsync() => Pages.Lab.DoAsync("fault", "degraded-websockets", "on");

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [MemberData(nameof(Kills))]
    public Task Killed_process_loses_no_intent_and_repeats_nothing(int number, string? step) => step is not null
        ? CrashRig.CrashAsync(step)
        : CrashRig.CrashAsync(null, TimeSpan.FromSeconds(new Random(number).NextDouble() * LastKillAfterSeconds));
}
