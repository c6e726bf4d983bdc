using Bunit;
using Cockpit.Components.Cards;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Tests.Executions;

namespace Cockpit.Tests.Components;

public sealed class ExecutionViewTests : BunitContext
{
    [Fact]
    public void Open_execution_lays_its_steps_open()
    {
        var view = Draw(Runs.Sent(new ExecutionEvent.Accepted("8 asked")));

        Assert.Equal("Accepted, waiting for its effect", view.Find(".st").TextContent);
        Assert.True(view.Find("details").HasAttribute("open"));
        Assert.Equal(["03:12:00", "03:12:01", "03:12:02", "03:12:03"], view.FindAll("li x-time").Select(time => time.TextContent));
        Assert.Equal("Accepted: 8 asked", view.FindAll("li span")[3].TextContent);
    }

    [Fact]
    public void Finished_execution_is_folded_and_keeps_its_figures()
    {
        var figure = new Evidence("Capacity", "45.5 %", "< 70 %", Verdict.Holds);
        var view = Draw(Runs.Sent(new ExecutionEvent.Accepted("8"), new ExecutionEvent.EffectSeen("8 of 8"),
            new ExecutionEvent.Recovered([figure, figure with { Label = "Delivery", Figure = "42 ms" }])));

        Assert.False(view.Find("details").HasAttribute("open"));
        Assert.Equal("Capacity 45.5 % · Delivery 42 ms", view.Find("details p").TextContent);
        Assert.Equal("Recovered", view.Find(".execution").GetAttribute("data-state"));
    }

    [Theory]
    [InlineData(ExecutionState.Recovered, HealthStatus.Good)]
    [InlineData(ExecutionState.Unknown, HealthStatus.Unknown)]
    [InlineData(ExecutionState.Refused, HealthStatus.Bad)]
    [InlineData(ExecutionState.EffectMissed, HealthStatus.Bad)]
    [InlineData(ExecutionState.NotRecovered, HealthStatus.Bad)]
    [InlineData(ExecutionState.Done, HealthStatus.Good)]
    [InlineData(ExecutionState.Cancelled, HealthStatus.Unknown)]
    [InlineData(ExecutionState.Cancellable, HealthStatus.Warn)]
    [InlineData(ExecutionState.AwaitingApproval, HealthStatus.Warn)]
    [InlineData(ExecutionState.Requested, HealthStatus.Warn)]
    [InlineData(ExecutionState.Dispatching, HealthStatus.Warn)]
    [InlineData(ExecutionState.Accepted, HealthStatus.Warn)]
    [InlineData(ExecutionState.EffectSeen, HealthStatus.Warn)]
    [InlineData(ExecutionState.Stepping, HealthStatus.Warn)]
    [InlineData(ExecutionState.Stopped, HealthStatus.Warn)]
    public void Only_what_came_to_its_end_looks_good(ExecutionState state, HealthStatus status) => Assert.Equal(status, CardText.StatusOf(state));

    private IRenderedComponent<ExecutionView> Draw(Execution execution) =>
        Render<ExecutionView>(parameters => parameters.Add(view => view.Execution, execution));
}
