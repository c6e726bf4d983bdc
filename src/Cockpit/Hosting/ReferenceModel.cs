using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Comparison = Cockpit.Domain.Slo.Comparison;

namespace Cockpit.Hosting;

internal static class ReferenceModel
{
    public static readonly PlatformModel Model = new(PlatformFacts.Reference,
    [
        new("api-gateway", "API gateway", true, 0.2, 0.0001), new("user", "Users", true, 0.5, 0.001), new("market-data", "Market data", true, 0.1, null),
        new("trading", "Trading", true, 0.3, 0.001), new("analytics", "Analytics", false, 2, null),
    ],
    [
        new Card("degraded-websockets", 1, "Degraded WebSockets", "Live prices reach clients late.", [],
            [
                new SignalCondition("s1", "Connections of capacity", "websocket.capacity.use", Comparison.GreaterThan, 0.8, FigureUnit.Ratio),
                new SignalCondition("s2", "Delivery p95", "websocket.delivery.p95", Comparison.GreaterThan, 0.15, FigureUnit.Seconds),
                new SignalCondition("s3", "Reconnect success", "websocket.reconnect.success", Comparison.LessThan, 0.99, FigureUnit.Ratio),
                new HumanCondition("s4", "Do clients complain about laggy updates?"),
            ],
            [
                new SignalCondition("e1", "Connections of capacity", "websocket.capacity.use", Comparison.LessThan, 0.7, FigureUnit.Ratio),
                new SignalCondition("e2", "Delivery p95", "websocket.delivery.p95", Comparison.LessThan, 0.1, FigureUnit.Seconds),
                new SignalCondition("e3", "Reconnect success", "websocket.reconnect.success", Comparison.GreaterThan, 0.995, FigureUnit.Ratio),
            ],
            [],
            [
                new ActionDefinition("scale-out-managers", "Scale out WebSocket managers", ActionKind.ScaleOut,
                    new ActionTarget(TargetKind.Deployment, "bondx", "websocket-manager", null),
                    ImmutableSortedDictionary<string, string>.Empty.Add("replicas", "8"), [], ActionRisk.Medium, null, TimeSpan.FromHours(2),
                    ReadBack.Value, DryRun.Server, new ActionBounds(2, 12), TimeSpan.FromMinutes(5), [],
                    "Connections of capacity fall to about half within two minutes.", null, "Adds four pods.", "Scale back to the former count.",
                    "kubectl scale deployment {target} -n {namespace} --replicas={replicas}"),
            ],
            TimeSpan.FromMinutes(5), [], TimeSpan.FromMinutes(15), "websocket-degradation", []),
    ]);
}
