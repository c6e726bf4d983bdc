using System.Collections.Immutable;

namespace Cockpit.Catalog;

/// <summary>What the dashboards show.</summary>
/// <param name="Executive">The executives' dashboard.</param>
/// <param name="Operational">The engineers' dashboard.</param>
public sealed record DashboardPlan(ExecutiveDashboard Executive, ImmutableArray<DashboardSection> Operational);

/// <param name="Metrics">Its figures in order.</param>
/// <param name="RefreshAtLeastEvery">The longest time between two updates.</param>
/// <param name="ShowsAlerts">Whether open alerts are shown.</param>
/// <param name="ForPhones">Whether it must be legible on a phone.</param>
public sealed record ExecutiveDashboard(
    ImmutableArray<DashboardItem> Metrics, TimeSpan RefreshAtLeastEvery, bool ShowsAlerts, bool ForPhones);

/// <param name="Id">Id.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Items">Its figures in order.</param>
public sealed record DashboardSection(string Id, string Title, ImmutableArray<DashboardItem> Items);

/// <param name="Id">Id.</param>
/// <param name="Title">What a person reads.</param>
/// <param name="Summary">What it is computed from.</param>
/// <param name="Signals">The signals it shows; empty when it is computed from the whole snapshot.</param>
public sealed record DashboardItem(string Id, string Title, string Summary, ImmutableArray<string> Signals);
