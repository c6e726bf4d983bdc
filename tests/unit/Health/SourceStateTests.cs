using Cockpit.Domain.Health;

namespace Cockpit.Tests.Health;

public sealed class SourceStateTests
{
    private static readonly DateTimeOffset At = Platform.Now;

    private static readonly SourceState<int> Seen =
        SourceState<int>.Waiting("Prometheus", TimeSpan.FromSeconds(5)).Seen(new Observation<int>(4, At, "Prometheus"));

    [Theory]
    [InlineData(0, Freshness.Fresh)]
    [InlineData(15, Freshness.Fresh)]
    [InlineData(15.001, Freshness.Stale)]
    [InlineData(50, Freshness.Stale)]
    [InlineData(50.001, Freshness.Unknown)]
    [InlineData(-3_600, Freshness.Fresh)]
    public void Value_ages_from_fresh_over_stale_to_unknown(double seconds, Freshness expected) =>
        Assert.Equal(expected, Seen.At(At.AddSeconds(seconds)));

    [Fact]
    public void Source_that_never_answered_is_unknown()
    {
        var waiting = SourceState<int>.Waiting("Prometheus", TimeSpan.FromSeconds(5));

        Assert.Equal(Freshness.Unknown, waiting.At(At));
        Assert.Equal("waiting for the first answer of Prometheus", waiting.Doubt(At));
        Assert.Equal("Prometheus: connection refused", waiting.Failed("connection refused", At).Doubt(At));
    }

    [Fact]
    public void Source_that_is_not_there_is_not_configured()
    {
        var none = SourceState<int>.NotConfigured("Redis");

        Assert.Equal(Freshness.NotConfigured, none.At(At));
        Assert.Equal("Redis is not configured", none.Doubt(At));
    }

    [Fact]
    public void Failure_keeps_the_last_value_and_its_age_and_remembers_when_it_began()
    {
        var failed = Seen.Failed("timeout", At.AddSeconds(20)).Failed("connection refused", At.AddSeconds(30));

        Assert.Equal(Seen with { Failure = "connection refused", FailingSince = At.AddSeconds(20) }, failed);
        Assert.Equal("Prometheus: connection refused", failed.Doubt(At.AddSeconds(30)));
    }

    [Fact]
    public void Failure_says_nothing_while_the_value_is_fresh() => Assert.Null(Seen.Failed("timeout", At.AddSeconds(6)).Doubt(At.AddSeconds(6)));

    [Fact]
    public void Silence_without_a_failure_says_for_how_long() =>
        Assert.Equal("no answer from Prometheus for 20\u202Fs", Seen.Doubt(At.AddSeconds(20)));

    [Fact]
    public void Answer_ends_a_failure()
    {
        var observation = new Observation<int>(8, At.AddSeconds(40), "Prometheus");

        Assert.Equal(Seen with { Latest = observation }, Seen.Failed("timeout", At.AddSeconds(30)).Seen(observation));
    }
}
