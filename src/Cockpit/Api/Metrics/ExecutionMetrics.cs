using System.Diagnostics.Metrics;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Executing;

namespace Cockpit.Api.Metrics;

/// <summary>How many executions are in which state: every open one and the latest that are finished.</summary>
internal sealed class ExecutionMetrics
{
    private static readonly ExecutionState[] States = Enum.GetValues<ExecutionState>();

    public ExecutionMetrics(IMeterFactory meters, ExecutionBook book) =>
        meters.Create("Cockpit.Executions").CreateObservableGauge("cockpit.executions", () => Count(book), "{execution}", "Executions by state.");

    private static IEnumerable<Measurement<int>> Count(ExecutionBook book)
    {
        var counts = book.Recent.CountBy(execution => execution.State).ToDictionary();
        return States.Select(state => new Measurement<int>(
            counts.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", WordOf(state))));
    }

    private static string WordOf(ExecutionState state) => state switch
    {
        ExecutionState.EffectSeen => "effect_seen",
        ExecutionState.AwaitingApproval => "awaiting_approval",
        ExecutionState.EffectMissed => "effect_missed",
        ExecutionState.NotRecovered => "not_recovered",
        _ => state.ToString().ToLowerInvariant(),
    };
}
