namespace Cockpit.Estate;

/// <summary>A small seeded generator (SplitMix64): the same seed and purpose always roll the same numbers, on every machine.</summary>
internal sealed class Dice
{
    private ulong _state;

    public Dice(ulong seed, string purpose)
    {
        // FNV-1a, because string.GetHashCode differs from one process to the next.
        var hash = 14695981039346656037UL;
        foreach (var letter in purpose) hash = (hash ^ letter) * 1099511628211UL;
        _state = seed * 0x9E3779B97F4A7C15UL ^ hash;
    }

    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number in [0, 1).</summary>
    public double Next() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public double Between(double low, double high) => low + ((high - low) * Next());

    public TimeSpan Between(TimeSpan low, TimeSpan high) => low + ((high - low) * Next());

    /// <summary>A bell-shaped number around 0 with a deviation of 1, never beyond ±3.</summary>
    public double Bell() => (Next() + Next() + Next() - 1.5) * 2;

    /// <summary>Whether something that happens on average once every <paramref name="meanSeconds"/> happens within this step.</summary>
    public bool Strikes(double stepSeconds, double meanSeconds) => Next() < 1 - Math.Exp(-stepSeconds / meanSeconds);
}
