using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Components.Slo;
using Cockpit.Domain.Health;
using Cockpit.Domain.Maintenance;
using Cockpit.UseCases.Maintaining;

namespace Cockpit.Components.Maintenance;

/// <summary>Planned maintenance as a person reads it.</summary>
public static class MaintenanceText
{
    /// <summary>What is true of all of it, as the first sentence of its page.</summary>
    public static string Lead(ImmutableArray<PlannedMaintenance> planned, DateTimeOffset now)
    {
        var open = planned.Where(each => IsOpen(each.Window, now)).ToList();
        if (open.Find(each => each.Window.Declared.Contains(now)) is { } going) return $"“{going.Window.Title}” is under way until {Clock(going.Window.Declared.EndAt, now)} UTC.";
        return open switch
        {
            [] => "No maintenance is planned.",
            [var only] => $"“{only.Window.Title}” is planned for {Span(only.Window, now)} UTC.",
            _ => $"{Capital(SloFigures.Word(open.Count))} maintenances are planned; the next is “{open[0].Window.Title}”, {Span(open[0].Window, now)} UTC.",
        };
    }

    /// <summary>How much of the month's allowance is granted, for the service where most is.</summary>
    public static string Allowance(ImmutableArray<PlannedMaintenance> planned, IEnumerable<string> services, DateTimeOffset now)
    {
        var month = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var period = new Domain.Slo.Period(month, month.AddMonths(1));
        var windows = planned.Select(each => each.Window).ToList();
        var granted = services
            .Select(service => ExclusionPolicy.Standard.Decide(windows, service).SelectMany(exclusion => exclusion.Counted)
                .Aggregate(TimeSpan.Zero, (sum, counted) => sum + (counted.Intersect(period)?.Length ?? TimeSpan.Zero)))
            .DefaultIfEmpty(TimeSpan.Zero).Max();
        return granted == TimeSpan.Zero
            ? $"Nothing of this month's {SloFigures.Time(ExclusionPolicy.Standard.MonthlyAllowance)} is taken."
            : $"{SloFigures.Time(granted)} of this month's {SloFigures.Time(ExclusionPolicy.Standard.MonthlyAllowance)} are taken.";
    }

    /// <summary>From when until when: 24 Nov 02:00–04:00.</summary>
    public static string Span(MaintenanceWindow window, DateTimeOffset now)
    {
        var (start, end) = (window.Declared.StartAt.UtcDateTime, window.Declared.EndAt.UtcDateTime);
        var day = start.ToString(start.Year == now.UtcDateTime.Year ? "ddd d MMM HH:mm" : "ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
        return start.Date == end.Date ? $"{day}–{end:HH:mm}" : $"{day} – {end.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>Shape, colour and word of its state.</summary>
    public static (HealthStatus Status, string Word) State(MaintenanceWindow window, DateTimeOffset now) => window switch
    {
        { CalledOffAt: { } off } when off <= window.Declared.StartAt => (HealthStatus.NotConfigured, "Called off"),
        { CalledOffAt: not null } => (HealthStatus.NotConfigured, "Ended early"),
        _ when window.Declared.EndAt <= now => (HealthStatus.NotConfigured, "Over"),
        _ when window.Declared.StartAt <= now => (HealthStatus.Warn, "Under way"),
        _ => (HealthStatus.Good, "Planned"),
    };

    /// <summary>Whether it can still be called off or ended.</summary>
    public static bool IsOpen(MaintenanceWindow window, DateTimeOffset now) => window.CalledOffAt is null && window.Declared.EndAt > now;

    /// <summary>What of it is taken out of the budgets, for the service where least is, and why not more.</summary>
    public static (string Taken, ImmutableArray<string> Reasons) Effect(MaintenanceWindow window, ImmutableArray<PlannedMaintenance> planned, IEnumerable<string> services)
    {
        if (window.CalledOffAt is { } off && off <= window.Declared.StartAt) return ("nothing to take out", []);
        var windows = planned.Select(each => each.Window).ToList();
        var decided = services.Where(window.Covers)
            .Select(service => ExclusionPolicy.Standard.Decide(windows, service).First(exclusion => exclusion.Window.Id == window.Id))
            .MinBy(exclusion => exclusion.Length);
        if (decided is null) return ("no objective is touched", []);
        return (
            decided.Counted.IsEmpty ? "stays in the budgets" : $"{SloFigures.Time(decided.Length)} taken out",
            [.. decided.Shortfalls.Select(shortfall => shortfall is ExclusionShortfall.Overlaps overlap
                ? $"{SloFigures.Time(overlap.Time)} are already taken out by “{windows.Find(other => other.Id == overlap.OtherId)?.Title}”."
                : shortfall.Reason)]);
    }

    /// <summary>What declaring it would do, before it is done.</summary>
    public static string Forecast(MaintenanceForecast forecast, TimeSpan length) =>
        forecast.Shortfalls.IsEmpty ? $"All {SloFigures.Time(length)} would be taken out of the budgets."
        : forecast.TakenOut == TimeSpan.Zero ? "Nothing of it would be taken out of the budgets."
        : $"{SloFigures.Time(forecast.TakenOut)} of {SloFigures.Time(length)} would be taken out of the budgets.";

    private static string Clock(DateTimeOffset at, DateTimeOffset now) =>
        at.UtcDateTime.ToString(at.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm" : "d MMM HH:mm", CultureInfo.InvariantCulture);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
