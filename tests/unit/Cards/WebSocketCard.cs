using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.Domain.Slo;

namespace Cockpit.Tests.Cards;

/// <summary>The card of degraded WebSockets and the parts tests vary.</summary>
internal static class WebSocketCard
{
    public static readonly SignalCondition Capacity = Above("capacity", "Connections above 80 % of capacity", SignalIds.CapacityUse, 0.8, FigureUnit.Ratio);

    public static readonly SignalCondition Delivery = Above("delivery", "Message delivery above 150 ms (p95)", SignalIds.DeliveryP95, 0.15, FigureUnit.Seconds);

    public static readonly HumanCondition Complaints = new("complaints", "Do clients complain about late updates?");

    public static readonly SignalCondition CapacityNormal = Below("capacity-normal", "Connections below 70 % of capacity", SignalIds.CapacityUse, 0.7, FigureUnit.Ratio);

    public static readonly SignalCondition DeliveryNormal = Below("delivery-normal", "Message delivery below 100 ms (p95)", SignalIds.DeliveryP95, 0.1, FigureUnit.Seconds);

    public static readonly HumanCondition NoComplaints = new("no-complaints", "Have there been no complaints for 15 minutes?", TimeSpan.FromMinutes(15));

    public static readonly ActionDefinition ScaleOut = new(
        "scale-out", "Scale out the WebSocket managers", ActionKind.ScaleOut,
        new ActionTarget(TargetKind.Deployment, "bondx", "websocket-manager", null),
        ImmutableSortedDictionary<string, string>.Empty.Add("replicas", "8"), [], ActionRisk.Medium, null, TimeSpan.FromHours(2),
        ReadBack.Value, DryRun.Server, new ActionBounds(2, 8), TimeSpan.FromMinutes(3), [],
        "Connections spread over twice the managers.", CapacityNormal, "Nobody is disconnected.", "Scale back.",
        "kubectl scale deployment {target} -n {namespace} --replicas={replicas}");

    public static readonly ActionDefinition ScaleDown = ScaleOut with
    {
        Id = "scale-down",
        Title = "Scale the WebSocket managers back",
        Kind = ActionKind.ScaleDown,
        Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("replicas", "4"),
        Risk = ActionRisk.High,
    };

    public static readonly Card Card = new(
        Tiles.WebSocket, 1, "Degraded WebSockets", "Updates reach clients late.", ["websocket-manager"],
        [Capacity, Delivery, Complaints], [CapacityNormal, DeliveryNormal, NoComplaints], [], [ScaleOut, ScaleDown],
        TimeSpan.FromMinutes(5), [new InvestigationStep("Look at recent deployments.", [], false)], TimeSpan.FromMinutes(15), "websocket-degradation", []);

    public static readonly IReadOnlyDictionary<string, HumanAnswer> Unanswered = ImmutableDictionary<string, HumanAnswer>.Empty;

    public static SignalCondition Above(string id, string label, string signal, double threshold, FigureUnit unit, TimeSpan? lasting = null) =>
        new(id, label, signal, Comparison.GreaterThan, threshold, unit, lasting);

    public static SignalCondition Below(string id, string label, string signal, double threshold, FigureUnit unit, TimeSpan? lasting = null) =>
        new(id, label, signal, Comparison.LessThan, threshold, unit, lasting);

    public static SignalBoard Board(params (string Signal, double? Value)[] figures) => new(figures.Select(figure => new Signal(
        figure.Signal, figure.Value, figure.Value is null ? "no such series" : null, null,
        figure.Value is null ? Freshness.Unknown : Freshness.Fresh, "Prometheus")));

    /// <summary>The card at its first look.</summary>
    public static CardState Seen(double? capacity, double? delivery, DateTimeOffset now) =>
        CardState.Next(null, Card, Board((SignalIds.CapacityUse, capacity), (SignalIds.DeliveryP95, delivery)), Unanswered, now);
}
