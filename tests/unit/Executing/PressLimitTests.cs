using Cockpit.Domain.Executions;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Executing;

public sealed class PressLimitTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Presses_grow_back_as_time_passes_and_each_has_their_own()
    {
        var limit = new PressLimit(2, _clock);

        Assert.Null(limit.Take(Runs.Sam));
        Assert.Null(limit.Take(Runs.Sam));
        Assert.Equal(new ActionRefusal.TooManyPresses(2, TimeSpan.FromSeconds(30)), limit.Take(Runs.Sam));
        Assert.Equal(new ActionRefusal.TooManyPresses(2, TimeSpan.FromSeconds(30)), limit.Look(Runs.Sam));
        Assert.Null(limit.Take(Runs.Ada));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(limit.Look(Runs.Sam));
        Assert.Null(limit.Take(Runs.Sam));
        Assert.NotNull(limit.Take(Runs.Sam));
    }

    [Fact]
    public void Guests_share_no_limit_that_one_of_them_could_use_up()
    {
        var limit = new PressLimit(1, _clock);

        Assert.All(Enumerable.Range(0, 3), _ => Assert.Null(limit.Take(Actor.Anonymous)));
    }

    [Fact]
    public void Refusal_says_what_happened_how_long_to_wait_and_what_still_works() => Assert.Equal(
        "Nothing was done: that was more than 120 presses within a minute. Wait 1\u202Fs, look at what the earlier ones did, then go on. To cancel is always possible.",
        new ActionRefusal.TooManyPresses(120, TimeSpan.FromMilliseconds(400)).Sentence);

    [Fact]
    public async Task Everything_that_acts_is_counted_together_and_to_stop_something_never_is()
    {
        await using var desk = await Desk.OpenAsync(pressesPerMinute: 2);
        var preview = await desk.PreviewAsync(Runs.Sam, "scale-out-Critical");
        var asked = Assert.IsType<ConfirmOutcome.Started>(await desk.ConfirmAsync(preview, Runs.Sam, new Confirmation(false, preview.Target, "clients suffer"))).Execution;
        for (var press = 0; press < 2; press++) await desk.AskAsync(Runs.Ines);

        Assert.IsType<ActionRefusal.TooManyPresses>(Assert.IsType<PreviewOutcome.Refused>(await desk.AskAsync(Runs.Sam)).Why);
        Assert.IsType<ActionRefusal.TooManyPresses>(Assert.IsType<ConfirmOutcome.Refused>(await desk.ConfirmAsync(Runs.Preview)).Why);
        Assert.IsType<ActionRefusal.TooManyPresses>(WhyOf(await desk.Approvals.ApproveAsync(asked.Id, 1, Runs.Ines, CancellationToken.None)));
        Assert.IsType<ActionRefusal.TooManyPresses>(WhyOf(await desk.Resolving.HandleAsync(asked.Id, true, "seen", Runs.Ines, CancellationToken.None)));
        Assert.IsType<ActionRefusal.TooManyPresses>(WhyOf(await desk.Leases.RevertAsync(asked.Id, "now", Runs.Sam, CancellationToken.None)));
        Assert.IsType<ActionRefusal.TooManyPresses>(WhyOf(await desk.Leases.ExtendAsync(asked.Id, "longer", Runs.Sam, CancellationToken.None)));

        Assert.Empty(desk.Cluster.Sent);
        Assert.IsType<DecisionOutcome.Recorded>(await desk.Cancelling.HandleAsync(asked.Id, null, Runs.Sam, CancellationToken.None));
    }

    [Fact]
    public async Task Same_preview_confirmed_again_costs_no_press()
    {
        await using var desk = await Desk.OpenAsync(pressesPerMinute: 2);
        var preview = await desk.PreviewAsync();
        Assert.IsType<ConfirmOutcome.Started>(await desk.ConfirmAsync(preview));
        await desk.CatchUpAsync();

        Assert.IsType<ConfirmOutcome.Started>(await desk.ConfirmAsync(preview));
    }

    private static ActionRefusal WhyOf(DecisionOutcome outcome) => Assert.IsType<DecisionOutcome.Refused>(outcome).Why;
}
