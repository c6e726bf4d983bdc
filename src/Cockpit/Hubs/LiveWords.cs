using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

namespace Cockpit.Hubs;

/// <summary>The words of the wire. They are a promise to other programs: a renamed member of an enumeration must not change them.</summary>
internal static class LiveWords
{
    public static string Of(HealthStatus status) => status switch
    {
        HealthStatus.Good => "good",
        HealthStatus.Warn => "warn",
        HealthStatus.Bad => "bad",
        HealthStatus.NotConfigured => "notConfigured",
        _ => "unknown",
    };

    public static string Of(OverallStatus status) => status switch
    {
        OverallStatus.Green => "green",
        OverallStatus.Yellow => "yellow",
        OverallStatus.Red => "red",
        _ => "unknown",
    };

    public static string Of(Freshness freshness) => freshness switch
    {
        Freshness.Fresh => "fresh",
        Freshness.Stale => "stale",
        Freshness.NotConfigured => "notConfigured",
        _ => "unknown",
    };

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.DoesNotHold => "doesNotHold",
        Verdict.Pending => "pending",
        _ => "unknown",
    };

    public static string Of(FigureUnit unit) => unit switch
    {
        FigureUnit.Ratio => "ratio",
        FigureUnit.Percent => "percent",
        FigureUnit.Seconds => "seconds",
        FigureUnit.Bytes => "bytes",
        FigureUnit.PerSecond => "perSecond",
        FigureUnit.PerMinute => "perMinute",
        _ => "count",
    };

    public static string Of(ExecutionState state) => state switch
    {
        ExecutionState.Requested => "requested",
        ExecutionState.Dispatching => "dispatching",
        ExecutionState.Accepted => "accepted",
        ExecutionState.EffectSeen => "effectSeen",
        ExecutionState.Recovered => "recovered",
        ExecutionState.NotRecovered => "notRecovered",
        ExecutionState.EffectMissed => "effectMissed",
        ExecutionState.Refused => "refused",
        ExecutionState.Cancellable => "cancellable",
        ExecutionState.AwaitingApproval => "awaitingApproval",
        ExecutionState.Stepping => "stepping",
        ExecutionState.Stopped => "stopped",
        ExecutionState.Done => "done",
        ExecutionState.Cancelled => "cancelled",
        _ => "unknown",
    };
}
