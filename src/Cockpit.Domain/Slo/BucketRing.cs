namespace Cockpit.Domain.Slo;

/// <summary>The newest buckets of a series, numbered by their place in time. What falls out of reach is forgotten.</summary>
/// <remarks>
/// Memory comes in chunks of 128 buckets, only where something was counted. A chunk of whole counts below 2³² takes eight bytes a bucket;
/// the first
/// fraction or larger count makes that chunk, and only it, take sixteen.
/// </remarks>
internal sealed class BucketRing
{
    private const int ChunkBits = 7;
    private const int ChunkSize = 1 << ChunkBits;
    private const long FractionMask = (1L << Tally.FractionBits) - 1;

    private readonly object?[] _chunks;
    private long _head;

    /// <param name="reach">Buckets readable, the newest among them.</param>
    /// <param name="head">Number of the newest bucket.</param>
    public BucketRing(int reach, long head)
    {
        Reach = reach;
        _chunks = new object?[((reach + ChunkSize - 1) >> ChunkBits) + 1];
        _head = head;
    }

    /// <summary>Buckets readable, the newest among them.</summary>
    public int Reach { get; }

    /// <summary>Number of the oldest readable bucket.</summary>
    public long Oldest => _head - Reach + 1;

    /// <summary>Number of the newest bucket.</summary>
    public long Newest => _head;

    /// <summary>What a bucket holds; nothing when it is out of reach.</summary>
    public Tally this[long bucket]
    {
        get
        {
            if (bucket > _head || bucket < Oldest) return default;
            var at = (int)(bucket & (ChunkSize - 1)) << 1;
            return _chunks[Slot(bucket)] switch
            {
                uint[] narrow => new Tally((long)narrow[at] << Tally.FractionBits, (long)narrow[at + 1] << Tally.FractionBits),
                long[] wide => new Tally(wide[at], wide[at + 1]),
                _ => default,
            };
        }
    }

    /// <summary>Adds to a bucket within reach.</summary>
    public void Add(long bucket, Tally tally)
    {
        ref var chunk = ref _chunks[Slot(bucket)];
        var at = (int)(bucket & (ChunkSize - 1)) << 1;
        chunk ??= new uint[ChunkSize << 1];
        if (chunk is uint[] narrow)
        {
            var good = ((long)narrow[at] << Tally.FractionBits) + tally.GoodUnits;
            var total = ((long)narrow[at + 1] << Tally.FractionBits) + tally.TotalUnits;
            if (((good | total) & FractionMask) == 0 && total >> Tally.FractionBits <= uint.MaxValue)
            {
                narrow[at] = (uint)(good >> Tally.FractionBits);
                narrow[at + 1] = (uint)(total >> Tally.FractionBits);
                return;
            }

            chunk = Widen(narrow);
        }

        var wide = (long[])chunk;
        wide[at] += tally.GoodUnits;
        wide[at + 1] += tally.TotalUnits;
    }

    /// <summary>Makes a later bucket the newest one; those between are empty.</summary>
    public void AdvanceTo(long bucket)
    {
        var first = Math.Max((_head >> ChunkBits) + 1, (bucket >> ChunkBits) - _chunks.Length + 1);
        for (var chunk = first; chunk <= bucket >> ChunkBits; chunk++) Forget((int)(chunk % _chunks.Length));
        _head = bucket;
    }

    /// <summary>Forgets everything and stands at that bucket.</summary>
    public void Restart(long bucket)
    {
        Array.Clear(_chunks);
        _head = bucket;
    }

    private void Forget(int slot)
    {
        if (_chunks[slot] is uint[] narrow) Array.Clear(narrow);
        else _chunks[slot] = null;
    }

    private int Slot(long bucket) => (int)((bucket >> ChunkBits) % _chunks.Length);

    private static long[] Widen(uint[] narrow)
    {
        var wide = new long[narrow.Length];
        for (var i = 0; i < narrow.Length; i++) wide[i] = (long)narrow[i] << Tally.FractionBits;
        return wide;
    }
}
