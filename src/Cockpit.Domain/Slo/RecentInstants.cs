namespace Cockpit.Domain.Slo;

/// <summary>The newest instants at which a series counted a sample: what tells a late sample from one that was sent twice.</summary>
internal sealed class RecentInstants
{
    public const int Capacity = 32;

    private readonly long[] _ring = new long[Capacity];
    private int _start;
    private int _count;

    /// <summary>The instants remembered, oldest first.</summary>
    public IEnumerable<long> Remembered => Enumerable.Range(0, _count).Select(i => _ring[Slot(i)]);

    /// <summary>Takes the instant if it is new, and says so; tells a duplicate, and an instant too old to be judged.</summary>
    public SampleOutcome Offer(long ticks)
    {
        var isOrdered = _count == 0 || ticks > _ring[Slot(_count - 1)];
        if (!isOrdered)
        {
            if (_count == Capacity && ticks < _ring[_start]) return SampleOutcome.Late;
            for (var i = _count - 1; i >= 0; i--)
                if (_ring[Slot(i)] == ticks) return SampleOutcome.Duplicate;
        }

        Insert(ticks);
        return SampleOutcome.Counted;
    }

    private void Insert(long ticks)
    {
        if (_count == Capacity) _start = (_start + 1) % Capacity;
        else _count++;
        var at = _count - 1;
        for (; at > 0 && _ring[Slot(at - 1)] > ticks; at--) _ring[Slot(at)] = _ring[Slot(at - 1)];
        _ring[Slot(at)] = ticks;
    }

    private int Slot(int index) => (_start + index) % Capacity;
}
