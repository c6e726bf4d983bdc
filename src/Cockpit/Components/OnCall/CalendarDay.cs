using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.OnCall;

namespace Cockpit.Components.OnCall;

/// <summary>What stands in a day of the calendar.</summary>
/// <param name="Text">Short: time of a change and the person.</param>
/// <param name="Title">In full.</param>
/// <param name="Person">Id of the person; null for a gap.</param>
/// <param name="StandsIn">True when it is an override.</param>
public sealed record CalendarEntry(string Text, string Title, string? Person, bool StandsIn);

/// <summary>A day of the calendar in its reader's zone. A day with a change of clocks has 23 or 25 hours, and all of them.</summary>
/// <param name="Date">The day.</param>
/// <param name="IsToday">Whether it is today there.</param>
/// <param name="Entries">Shifts that begin in it, and those that merely go on at its start.</param>
public sealed record CalendarDay(DateOnly Date, bool IsToday, ImmutableArray<CalendarEntry> Entries)
{
    /// <summary>Weeks from a day on.</summary>
    public static ImmutableArray<ImmutableArray<CalendarDay>> Weeks(OnCallSchedule schedule, TimeZoneInfo zone, DateOnly start, int count, DateTimeOffset now) =>
        [.. Enumerable.Range(0, count).Select(week => Enumerable.Range(0, 7).Select(day => Of(schedule, zone, start.AddDays(week * 7 + day), now)).ToImmutableArray())];

    /// <summary>One day.</summary>
    public static CalendarDay Of(OnCallSchedule schedule, TimeZoneInfo zone, DateOnly date, DateTimeOffset now)
    {
        var (from, until) = (Midnight(date, zone), Midnight(date.AddDays(1), zone));
        var entries = schedule.Plan.Layers.Where(layer => layer.Coverage == Coverage.AllHours)
            .SelectMany(layer => schedule.Shifts(layer.Id, from, until).Select(shift => Entry(schedule, zone, layer, shift, shift.From > from)));
        return new CalendarDay(date, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).Date) == date, [.. entries]);
    }

    private static CalendarEntry Entry(OnCallSchedule schedule, TimeZoneInfo zone, OnCallLayer layer, Shift shift, bool begins)
    {
        var name = schedule.Find(shift.Person)?.Name ?? "nobody";
        var time = begins ? TimeZoneInfo.ConvertTime(shift.From, zone).ToString("HH:mm ", CultureInfo.InvariantCulture) : "";
        return new CalendarEntry($"{time}{name.Split(' ')[0]} ({layer.Title.Split(' ')[0].ToLowerInvariant()})",
            $"{layer.Title}: {name}{(shift.Override is { } standIn ? $", stands in: {standIn.Reason}" : "")}", shift.Person, shift.Override is not null);
    }

    private static DateTimeOffset Midnight(DateOnly date, TimeZoneInfo zone)
    {
        var wall = date.ToDateTime(TimeOnly.MinValue);
        if (zone.IsInvalidTime(wall)) wall += TimeSpan.FromHours(1);
        return new DateTimeOffset(wall, zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall));
    }
}
