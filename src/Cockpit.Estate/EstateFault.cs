namespace Cockpit.Estate;

/// <summary>What a drill can break.</summary>
public enum EstateFault
{
    /// <summary>A wave of clients fills the WebSocket managers to 91 % of four.</summary>
    DegradedWebSockets,

    /// <summary>The Redis master turns slow, then stops answering; Sentinel elects another.</summary>
    RedisFailover,

    /// <summary>A long report on the replica holds replay back while writes come in.</summary>
    ReplicaLag,

    /// <summary>The primary market-data provider stops sending.</summary>
    DataProviderOutage,

    /// <summary>The risk engine raises alerts by the hundred.</summary>
    RiskAlertsStorm,
}

/// <summary>A fault and since when it is on, or null when it is off.</summary>
public sealed record FaultState(EstateFault Fault, string Name, string Summary, DateTimeOffset? InjectedAt);

/// <summary>The faults by the names people type.</summary>
public static class EstateFaults
{
    /// <summary>Every fault with its name and one sentence on what it does.</summary>
    public static readonly IReadOnlyList<(EstateFault Fault, string Name, string Summary)> All =
    [
        (EstateFault.DegradedWebSockets, "degraded-websockets", "A wave of clients fills the WebSocket managers to 91 % of four."),
        (EstateFault.RedisFailover, "redis-failover", "The Redis master turns slow, then stops answering."),
        (EstateFault.ReplicaLag, "replica-lag", "A long report on the replica holds replay back while writes come in."),
        (EstateFault.DataProviderOutage, "data-provider-outage", "The primary market-data provider stops sending."),
        (EstateFault.RiskAlertsStorm, "risk-alerts-storm", "The risk engine raises alerts by the hundred."),
    ];

    /// <summary>The fault of that name, in kebab or Pascal case; null when there is none.</summary>
    public static EstateFault? Find(string name)
    {
        foreach (var (fault, known, _) in All)
        {
            if (string.Equals(name, known, StringComparison.OrdinalIgnoreCase)) return fault;
            if (string.Equals(name, fault.ToString(), StringComparison.OrdinalIgnoreCase)) return fault;
        }

        return null;
    }
}
