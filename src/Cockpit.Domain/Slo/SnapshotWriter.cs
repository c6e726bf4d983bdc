using System.Buffers.Binary;

namespace Cockpit.Domain.Slo;

/// <summary>Writes the parts of a series' snapshot.</summary>
internal sealed class SnapshotWriter
{
    public const byte Format = 1;

    private readonly MemoryStream _bytes = new();

    public SnapshotWriter() => _bytes.WriteByte(Format);

    /// <summary>A number, at least zero.</summary>
    public void Number(long value)
    {
        var left = (ulong)value;
        for (; left >= 0x80; left >>= 7) _bytes.WriteByte((byte)(left | 0x80));
        _bytes.WriteByte((byte)left);
    }

    /// <summary>Bad events are few: they are written beside the total, in whole events where there is no fraction.</summary>
    public void Tally(Tally tally)
    {
        var bad = tally.TotalUnits - tally.GoodUnits;
        var isWhole = ((bad | tally.TotalUnits) & ((1L << Slo.Tally.FractionBits) - 1)) == 0;
        var shift = isWhole ? Slo.Tally.FractionBits : 0;
        Number((tally.TotalUnits >> shift << 1) | (isWhole ? 0L : 1L));
        Number(bad >> shift);
    }

    /// <summary>Consecutive buckets: first the number of the oldest and how many hold something, then each with the gap before
    /// it.</summary>
    public void Buckets(long oldest, IEnumerable<Tally> buckets)
    {
        var held = buckets.Select((tally, index) => (tally, index)).Where(each => !each.tally.IsEmpty).ToList();
        Number(oldest);
        Number(held.Count);
        var next = 0;
        foreach (var (tally, index) in held)
        {
            Number(index - next);
            Tally(tally);
            next = index + 1;
        }
    }

    public void Instants(IEnumerable<long> instants)
    {
        var all = instants.ToList();
        Number(all.Count);
        foreach (var instant in all) Number(instant);
    }

    public void Diagnostics(SeriesDiagnostics seen)
    {
        foreach (var count in new[]
                 {
                     seen.Counted, seen.Duplicates, seen.Late, seen.Future, seen.Invalid, seen.Resets,
                     seen.Gaps, seen.Clamped, seen.ClockStepsBack, seen.ClockJumpsHeld,
                 })
            Number(count);
    }

    public byte[] Finish()
    {
        var checksum = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Checksum(_bytes.GetBuffer().AsSpan(0, (int)_bytes.Length)));
        _bytes.Write(checksum);
        return _bytes.ToArray();
    }

    /// <summary>FNV-1a, 32 bits: finds a damaged byte, not a forged one.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var each in bytes) hash = (hash ^ each) * 16777619u;
        return hash;
    }
}
