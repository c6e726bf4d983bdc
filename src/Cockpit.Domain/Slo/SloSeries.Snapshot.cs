namespace Cockpit.Domain.Slo;

public sealed partial class SloSeries
{
    /// <summary>The whole series as bytes that <see cref="Restore"/> understands: about six a bucket that counted something.</summary>
    /// <remarks>Format 1: little-endian base-128 numbers, gaps as run lengths, a checksum at the end.</remarks>
    public byte[] ToSnapshot()
    {
        Settle();
        var writer = new SnapshotWriter();
        writer.Number(_clock);
        writer.Number(_head);
        writer.Number(FirstSampleAt?.UtcTicks ?? 0);
        writer.Number(LastSampleAt?.UtcTicks ?? 0);
        writer.Diagnostics(Diagnostics);
        writer.Instants(_recent?.Remembered ?? []);
        writer.Number(_calendars.Length);
        foreach (var calendar in _calendars)
        {
            writer.Number(calendar.Start);
            writer.Tally(calendar.Sum);
        }

        writer.Buckets(_fine.Oldest, Enumerable.Range(0, _fine.Reach).Select(i => _fine[_fine.Oldest + i]));
        writer.Buckets(_coarse.Oldest, Enumerable.Range(0, _coarse.Reach).Select(i => _coarse[_coarse.Oldest + i]));
        writer.Number(_excluded.Length);
        foreach (var span in _excluded)
        {
            writer.Number(span.Period.StartAt.UtcTicks);
            writer.Number(span.Period.EndAt.UtcTicks);
            writer.Buckets(span.First, span.Minutes.ToArray());
        }

        return writer.Finish();
    }

    /// <summary>A series as it was when the snapshot was taken, whatever its plan was then.</summary>
    /// <param name="plan">The windows to keep; their sums are computed from the buckets. A longer window than before begins with what
    /// there is.</param>
    /// <param name="snapshot">The bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged or of an unknown format.</exception>
    /// <remarks>
    /// Call <see cref="ResumeAt"/> next. A calendar period that the snapshot did not count keeps the buckets that start within it: exact
    /// to a quarter of an hour at its start.
    /// </remarks>
    public static SloSeries Restore(SeriesPlan plan, ReadOnlySpan<byte> snapshot)
    {
        var reader = new SnapshotReader(snapshot);
        var clock = reader.Instant();
        var series = new SloSeries(plan, At(clock)) { _clock = clock };
        series.Load(ref reader);
        reader.ExpectEnd();
        return series;
    }

    private void Load(ref SnapshotReader reader)
    {
        _head = reader.Number();
        if (_head < _clock / Minute || _head > (_clock / Minute) + MinutesPerDay + 2)
            throw new InvalidDataException("The snapshot's newest bucket contradicts its clock.");
        _fine.Restart(_head);
        _coarse.Restart(_head / SeriesPlan.MinutesPerCoarse);
        FirstSampleAt = reader.Instant() is var first and not 0 ? At(first) : null;
        LastSampleAt = reader.Instant() is var last and not 0 ? At(last) : null;
        _seen = Tallies.From(reader.Diagnostics());
        foreach (var instant in reader.Instants()) (_recent ??= new RecentInstants()).Offer(instant);

        var sums = new Dictionary<long, Tally>();
        for (var left = reader.Count(); left > 0; left--) sums[reader.Number()] = reader.Tally();
        Fill(_fine, reader.Buckets());
        Fill(_coarse, reader.Buckets());
        LoadExclusions(ref reader);
        for (var i = 0; i < _good.Length; i++) Sum(i);
        foreach (var calendar in _calendars)
        {
            calendar.Enter(_head);
            calendar.Enter(_head, sums.TryGetValue(calendar.Start, out var sum) ? sum : SumCoarseFrom(calendar.Start));
        }

        _behind = _clock < (_head * Minute) - FutureTolerance.Ticks;
    }

    private void LoadExclusions(ref SnapshotReader reader)
    {
        for (var left = reader.Count(); left > 0; left--)
        {
            var (start, end) = (reader.Instant(), reader.Instant());
            if (end < start || end - start > ExcludedSpan.Longest.Ticks)
                throw new InvalidDataException("The snapshot holds an impossible excluded stretch.");
            var span = new ExcludedSpan(new Period(At(start), At(end)));
            foreach (var (minute, tally) in reader.Buckets()) span.Add(minute, tally);
            _excluded = _excluded.Add(span);
        }
    }

    private void Sum(int window)
    {
        var isFine = Plan.Minutes[window] <= SeriesPlan.FineMinutes;
        var (ring, scale) = isFine ? (_fine, 1) : (_coarse, SeriesPlan.MinutesPerCoarse);
        for (var bucket = Plan.FirstMinute(window, _head) / scale; bucket <= _head / scale; bucket++) AddTo(window, ring[bucket]);
    }

    private Tally SumCoarseFrom(long minute)
    {
        var sum = Tally.None;
        var first = (minute + SeriesPlan.MinutesPerCoarse - 1) / SeriesPlan.MinutesPerCoarse;
        for (var bucket = Math.Max(first, _coarse.Oldest); bucket <= _head / SeriesPlan.MinutesPerCoarse; bucket++) sum += _coarse[bucket];
        return sum;
    }

    private static void Fill(BucketRing ring, List<(long Bucket, Tally Tally)> buckets)
    {
        foreach (var (bucket, tally) in buckets)
            if (bucket >= ring.Oldest && bucket <= ring.Newest) ring.Add(bucket, tally);
    }
}
