using System.Buffers.Binary;

namespace Cockpit.Domain.Slo;

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote and believes none of it.</summary>
internal ref struct SnapshotReader
{
    private ReadOnlySpan<byte> _left;

    public SnapshotReader(ReadOnlySpan<byte> snapshot)
    {
        if (snapshot.Length < 1 + sizeof(uint)) throw new InvalidDataException("The snapshot is cut short.");
        if (snapshot[0] != SnapshotWriter.Format)
            throw new InvalidDataException($"The snapshot has format {snapshot[0]}; {SnapshotWriter.Format} is understood.");
        var body = snapshot[..^sizeof(uint)];
        if (SnapshotWriter.Checksum(body) != BinaryPrimitives.ReadUInt32LittleEndian(snapshot[^sizeof(uint)..]))
            throw new InvalidDataException("The snapshot is damaged: its checksum does not match.");
        _left = body[1..];
    }

    public long Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 63; shift += 7)
        {
            if (_left.IsEmpty) throw new InvalidDataException("The snapshot is cut short.");
            var next = _left[0];
            _left = _left[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return (long)value;
        }

        throw new InvalidDataException("The snapshot holds a number that is too long.");
    }

    /// <summary>Ticks of an instant.</summary>
    public long Instant()
    {
        var ticks = Number();
        return ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? ticks
            : throw new InvalidDataException("The snapshot holds an instant that does not exist.");
    }

    /// <summary>A number of things that follow, each of at least one byte.</summary>
    public int Count()
    {
        var count = Number();
        return count <= _left.Length ? (int)count : throw new InvalidDataException("The snapshot is cut short.");
    }

    public Tally Tally()
    {
        var head = Number();
        var shift = (head & 1) == 0 ? Slo.Tally.FractionBits : 0;
        var (total, bad) = (head >> 1, Number());
        if (bad > total || total > (long)Slo.Tally.MaxEvents << (Slo.Tally.FractionBits - shift))
            throw new InvalidDataException("The snapshot holds an impossible count.");
        return new Tally((total - bad) << shift, total << shift);
    }

    public List<(long Bucket, Tally Tally)> Buckets()
    {
        var next = Number();
        var held = new List<(long, Tally)>(Count());
        for (var left = held.Capacity; left > 0; left--)
        {
            next += Number();
            held.Add((next++, Tally()));
        }

        return held;
    }

    public List<long> Instants()
    {
        var instants = new List<long>();
        for (var left = Count(); left > 0; left--) instants.Add(Instant());
        return instants;
    }

    public SeriesDiagnostics Diagnostics() => new()
    {
        Counted = Number(),
        Duplicates = Number(),
        Late = Number(),
        Future = Number(),
        Invalid = Number(),
        Resets = Number(),
        Gaps = Number(),
        Clamped = Number(),
        ClockStepsBack = Number(),
        ClockJumpsHeld = Number(),
    };

    public readonly void ExpectEnd()
    {
        if (!_left.IsEmpty) throw new InvalidDataException("The snapshot goes on after its end.");
    }
}
