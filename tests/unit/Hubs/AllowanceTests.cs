using Cockpit.Hubs;
using Cockpit.Tests.Support;

namespace Cockpit.Tests.Hubs;

public sealed class AllowanceTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Calls_beyond_the_burst_are_refused_until_time_has_passed()
    {
        var allowance = new InvocationLimit.Allowance(_clock);

        var first = Enumerable.Range(0, InvocationLimit.Allowance.Burst + 1).Select(_ => allowance.TryTake()).ToArray();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var later = Enumerable.Range(0, InvocationLimit.Allowance.PerSecond + 1).Select(_ => allowance.TryTake()).ToArray();

        Assert.Equal([.. Enumerable.Repeat(true, InvocationLimit.Allowance.Burst), false], first);
        Assert.Equal([.. Enumerable.Repeat(true, InvocationLimit.Allowance.PerSecond), false], later);
        Assert.False(allowance.IsExhausted);
    }

    [Fact]
    public void Caller_that_does_not_heed_refusals_is_let_go()
    {
        var allowance = new InvocationLimit.Allowance(_clock);

        for (var call = 0; call < 100; call++) allowance.TryTake();

        Assert.True(allowance.IsExhausted);
    }
}
