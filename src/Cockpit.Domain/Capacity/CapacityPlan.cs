using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Capacity;

/// <summary>What the platform is built to carry, how demand grows and what scales it.</summary>
/// <param name="Figures">The loads that the platform is built for.</param>
/// <param name="Growth">How demand is expected to grow.</param>
/// <param name="Data">How stored data grows.</param>
/// <param name="Triggers">What makes a tier grow or shrink.</param>
/// <param name="Storage">How storage grows.</param>
/// <param name="Utilisation">The bands within which resources are used well.</param>
/// <param name="Policies">Standing rules on cost, each a sentence.</param>
public sealed record CapacityPlan(
    ImmutableArray<CapacityFigure> Figures, ImmutableArray<GrowthProjection> Growth, ImmutableArray<DataGrowth> Data,
    ImmutableArray<ScalingTrigger> Triggers, StorageExpansion Storage, ImmutableArray<UtilisationTarget> Utilisation,
    ImmutableArray<string> Policies)
{
    /// <summary>The figure of that id, or null.</summary>
    public CapacityFigure? Figure(string id) => Figures.FirstOrDefault(figure => figure.Id == id);
}

/// <summary>A load that the platform, or one replica of a service, is built for.</summary>
/// <param name="Id">Id, for example <c>websocket.connections.per-manager</c>.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Value">The load; positive.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Signal">The signal that measures the same load; null when none does.</param>
/// <param name="Ours">What is Cockpit's own choice; null when nothing is.</param>
public sealed record CapacityFigure(string Id, string Title, double Value, FigureUnit Unit, string? Signal, string? Ours);

/// <summary>How a demand is expected to grow, compounding monthly.</summary>
/// <param name="Id">Id.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="MonthlyRate">Growth a month; 0.15 is 15 %.</param>
/// <param name="PeakConcurrentRatio">Share of users that is there at the same time at peak; null where it says nothing.</param>
/// <param name="PeakToAverage">Peak over average; null where it says nothing.</param>
/// <param name="Figure">Id of the capacity figure that the demand uses up; null when none.</param>
public sealed record GrowthProjection(
    string Id, string Title, double MonthlyRate, double? PeakConcurrentRatio, double? PeakToAverage, string? Figure);

/// <summary>How much a kind of stored data grows.</summary>
/// <param name="Id">Id.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="GigabytesPerMonth">Decimal gigabytes a month.</param>
public sealed record DataGrowth(string Id, string Title, double GigabytesPerMonth);

/// <summary>What makes a tier grow or shrink.</summary>
/// <param name="Id">Id.</param>
/// <param name="Title">What a person calls the tier.</param>
/// <param name="ScaleUp">When it grows.</param>
/// <param name="ScaleDown">When it shrinks.</param>
/// <param name="MinReplicas">Never fewer.</param>
/// <param name="MaxReplicas">Never more.</param>
public sealed record ScalingTrigger(
    string Id, string Title, SignalCondition ScaleUp, SignalCondition ScaleDown, int MinReplicas, int MaxReplicas);

/// <summary>How storage grows.</summary>
/// <param name="ExpandWhen">When it grows.</param>
/// <param name="Increment">By which share of its size; 0.2 is 20 %.</param>
/// <param name="MaxBytes">Never larger, in bytes.</param>
public sealed record StorageExpansion(SignalCondition ExpandWhen, double Increment, double MaxBytes);

/// <summary>The band within which a resource is used well: busy enough to be worth its price, idle enough to be safe.</summary>
/// <param name="Id">Id.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Low">Lower end, in [0, 1].</param>
/// <param name="High">Upper end, in [0, 1], above the lower.</param>
/// <param name="Signal">The signal that measures it; null when none does.</param>
public sealed record UtilisationTarget(string Id, string Title, double Low, double High, string? Signal);
