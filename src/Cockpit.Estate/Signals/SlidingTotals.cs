namespace Cockpit.Estate.Signals;

/// <summary>The last minute of a few counters, one entry a second, in a ring that never grows.</summary>
internal sealed class SlidingTotals(int width)
{
    private const int Seconds = 60;

    private readonly double[] _ring = new double[(Seconds + 1) * width];
    private int _entries;
    private int _newest = -1;

    public int Width => width;

    /// <summary>Room for the newest entry; the caller fills all of it.</summary>
    public Span<double> Next()
    {
        _newest = (_newest + 1) % (Seconds + 1);
        _entries = Math.Min(_entries + 1, Seconds + 1);
        return _ring.AsSpan(_newest * width, width);
    }

    /// <summary>By how much the counter grew in the window.</summary>
    public double Increase(int index)
    {
        if (_entries < 2) return 0;
        var oldest = (_newest - _entries + 1 + Seconds + 1) % (Seconds + 1);
        return _ring[(_newest * width) + index] - _ring[(oldest * width) + index];
    }

    /// <summary>Growth a second; null before the second entry.</summary>
    public double? Rate(int index) => _entries < 2 ? null : Increase(index) / (_entries - 1);
}
