using System.Collections.Immutable;

namespace Cockpit.Domain.OnCall;

/// <summary>Who is on call at any instant: the plan's rotation with people's overrides on top. Pure: the instant is an argument.</summary>
/// <remarks>
/// Turns change at a wall-clock time in the rotation's zone: in a zone with daylight saving a turn may last an hour more or less than a week. A
/// wall-clock time that a spring night skips is taken an hour later; of one that an autumn night has twice, the first counts.
/// </remarks>
/// <param name="Plan">The plan.</param>
/// <param name="Overrides">Overrides in the order in which they were recorded.</param>
public sealed record OnCallSchedule(OnCallPlan Plan, ImmutableArray<OnCallOverride> Overrides)
{
    private const int MostShifts = 20_000;

    /// <summary>The person who answers for a role at an instant; null when nobody does.</summary>
    /// <param name="roleId">Id of the role.</param>
    /// <param name="at">The instant.</param>
    /// <param name="beyondHours">True to ask the layer's person also outside its hours: the last resort.</param>
    public OnCallPerson? Behind(string roleId, DateTimeOffset at, bool beyondHours = false)
    {
        if (Plan.Roles.FirstOrDefault(role => role.Id == roleId) is not { } role) return null;
        return role.Person is { } person ? Find(person) : Find(On(role.Layer!, at, beyondHours));
    }

    /// <summary>The role's title, or its id when the plan has none of that id.</summary>
    public string TitleOf(string roleId) => Plan.Roles.FirstOrDefault(role => role.Id == roleId)?.Title ?? roleId;

    /// <summary>Why nobody answers for a role at an instant, as a sentence fragment.</summary>
    public string EmptyBecause(string roleId, DateTimeOffset at)
    {
        if (Plan.Roles.FirstOrDefault(role => role.Id == roleId) is not { } role) return "no rotation or person stands behind the role";
        if (role.Layer is not { } id || Plan.Layers.FirstOrDefault(layer => layer.Id == id) is not { } layer) return "the person is not in the plan";
        return layer.Coverage == Coverage.BusinessHours && !IsOpen(at) ? "it is staffed in business hours only" : "nobody is on call there";
    }

    /// <summary>Id of the person on a layer at an instant; null in a gap and outside the layer's hours.</summary>
    public string? On(string layerId, DateTimeOffset at, bool beyondHours = false)
    {
        if (Plan.Layers.FirstOrDefault(layer => layer.Id == layerId) is not { } layer) return null;
        if (Overrides.LastOrDefault(each => each.Layer == layerId && each.Covers(at)) is { } standIn) return standIn.Person;
        if (!beyondHours && layer.Coverage == Coverage.BusinessHours && !IsOpen(at)) return null;
        var turn = TurnAt(at);
        return layer.People[(int)(((turn % layer.People.Length) + layer.People.Length) % layer.People.Length)];
    }

    /// <summary>The person of that id, or null.</summary>
    public OnCallPerson? Find(string? id) => id is null ? null : Plan.People.FirstOrDefault(person => person.Id == id);

    /// <summary>The person of the plan who signs in under that id or name; null when the plan knows none.</summary>
    public OnCallPerson? Whose(string id, string name) => Find(id) ?? Plan.People.FirstOrDefault(person => string.Equals(person.Id, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>True in business hours.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Plan.BusinessHours.Zone);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        return Plan.BusinessHours.Days.Contains(local.DayOfWeek) && time >= Plan.BusinessHours.From && time < Plan.BusinessHours.Until;
    }

    /// <summary>The first handoff after an instant.</summary>
    public DateTimeOffset NextHandoff(DateTimeOffset at) => HandoffOf(TurnAt(at) + 1);

    /// <summary>The handoff at or before an instant.</summary>
    public DateTimeOffset LastHandoff(DateTimeOffset at) => HandoffOf(TurnAt(at));

    /// <summary>A layer's shifts within a stretch of time, without holes: a gap is a shift without a person.</summary>
    public ImmutableArray<Shift> Shifts(string layerId, DateTimeOffset from, DateTimeOffset until)
    {
        var shifts = ImmutableArray.CreateBuilder<Shift>();
        var cuts = Cuts(layerId, from, until);
        for (var index = 0; index + 1 < cuts.Count && index < MostShifts; index++)
        {
            var (start, end) = (cuts[index], cuts[index + 1]);
            var person = On(layerId, start);
            var standIn = Overrides.LastOrDefault(each => each.Layer == layerId && each.Covers(start));
            if (shifts.Count > 0 && shifts[^1] is var last && last.Person == person && last.Override == standIn && TurnAt(last.From) == TurnAt(start))
                shifts[^1] = last with { Until = end };
            else
                shifts.Add(new Shift(layerId, person, start, end, standIn));
        }

        return shifts.ToImmutable();
    }

    /// <summary>Times in which a layer that is meant to be staffed has nobody.</summary>
    public IEnumerable<Shift> Gaps(DateTimeOffset from, DateTimeOffset until) =>
        Plan.Layers.SelectMany(layer => Shifts(layer.Id, from, until)
            .Where(shift => shift.Person is null || Find(shift.Person) is null)
            .Where(shift => layer.Coverage == Coverage.AllHours || (shift.Override is not null && IsOpen(shift.From))));

    private List<DateTimeOffset> Cuts(string layerId, DateTimeOffset from, DateTimeOffset until)
    {
        var cuts = new SortedSet<DateTimeOffset> { from, until };
        for (var handoff = NextHandoff(from); handoff < until; handoff = NextHandoff(handoff)) cuts.Add(handoff);
        foreach (var each in Overrides.Where(each => each.Layer == layerId))
        {
            if (each.From > from && each.From < until) cuts.Add(each.From);
            if (each.Until > from && each.Until < until) cuts.Add(each.Until);
        }

        if (Plan.Layers.FirstOrDefault(layer => layer.Id == layerId)?.Coverage == Coverage.BusinessHours)
        {
            var hours = Plan.BusinessHours;
            for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, hours.Zone).Date); ; day = day.AddDays(1))
            {
                var (opens, closes) = (InstantOf(day, hours.From, hours.Zone), InstantOf(day, hours.Until, hours.Zone));
                if (opens > until) break;
                if (opens > from && opens < until) cuts.Add(opens);
                if (closes > from && closes < until) cuts.Add(closes);
            }
        }

        return [.. cuts];
    }

    /// <summary>Number of the turn that an instant falls into; zero for the one that began on the plan's first day.</summary>
    private long TurnAt(DateTimeOffset at)
    {
        var turn = (long)Math.Floor((at - HandoffOf(0)) / Plan.Rotation.Length);
        while (HandoffOf(turn) > at) turn--;
        while (HandoffOf(turn + 1) <= at) turn++;
        return turn;
    }

    private DateTimeOffset HandoffOf(long turn)
    {
        var wall = Plan.Rotation.StartsOn.ToDateTime(Plan.Rotation.HandoffAt) + Plan.Rotation.Length * turn;
        return InstantOf(DateOnly.FromDateTime(wall), TimeOnly.FromDateTime(wall), Plan.Rotation.Zone);
    }

    private static DateTimeOffset InstantOf(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var wall = day.ToDateTime(time);
        if (zone.IsInvalidTime(wall)) wall += TimeSpan.FromHours(1);
        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }
}
