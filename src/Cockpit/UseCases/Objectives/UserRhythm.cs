using System.Collections.Immutable;
using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Objectives;

/// <summary>How many people are usual at each hour of the week, learnt from hours that are over.</summary>
internal sealed class UserRhythm
{
    private const int HoursPerWeek = 168;
    private const double WeightOfNewest = 0.3;

    private readonly double?[] _usual = new double?[HoursPerWeek];
    private long _hour = -1;
    private double _sum;
    private int _count;

    public bool IsEmpty => Array.TrueForAll(_usual, slot => slot is null);

    public ImmutableArray<UsualHour> Remembered =>
        [.. _usual.Select((people, slot) => people is { } known ? new UsualHour(slot, known) : null).OfType<UsualHour>()];

    public void Remember(ImmutableArray<UsualHour> hours)
    {
        foreach (var hour in hours.Where(hour => hour.Slot is >= 0 and < HoursPerWeek)) _usual[hour.Slot] = hour.People;
    }

    /// <summary>Learns from a past hour.</summary>
    public void Learn(DateTimeOffset at, double people)
    {
        ref var slot = ref _usual[SlotOf(at)];
        slot = slot is { } known ? known + (WeightOfNewest * (people - known)) : people;
    }

    public UserFigures Take(DateTimeOffset at, Measurement active)
    {
        var hour = at.UtcTicks / TimeSpan.TicksPerHour;
        if (hour != _hour)
        {
            if (_count > 0) Learn(new DateTimeOffset(_hour * TimeSpan.TicksPerHour, TimeSpan.Zero), _sum / _count);
            (_hour, _sum, _count) = (hour, 0, 0);
        }

        if (active.Value is { } people) (_sum, _count) = (_sum + people, _count + 1);
        return new UserFigures(active.Value, _usual[SlotOf(at)], active.Gap);
    }

    private static int SlotOf(DateTimeOffset at) => ((int)at.UtcDateTime.DayOfWeek * 24) + at.UtcDateTime.Hour;
}
