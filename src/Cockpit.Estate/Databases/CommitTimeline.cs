namespace Cockpit.Estate.Databases;

/// <summary>
/// When each position of the write-ahead log was written, in a fixed number of marks: when they run out, every second one is
/// dropped and they are set twice as far apart, so that a lag of days costs no more memory than one of seconds.
/// </summary>
internal sealed class CommitTimeline
{
    private const int Most = 4096;

    private readonly List<(DateTimeOffset At, double Position)> _marks = [];
    private TimeSpan _spacing = TimeSpan.FromMilliseconds(250);

    public int Count => _marks.Count;

    public void Add(DateTimeOffset at, double position)
    {
        if (_marks.Count > 0 && at - _marks[^1].At < _spacing) return;
        _marks.Add((at, position));
        if (_marks.Count < Most) return;
        _spacing *= 2;
        for (var i = 0; i < Most / 2; i++) _marks[i] = _marks[i * 2];
        _marks.RemoveRange(Most / 2, _marks.Count - (Most / 2));
    }

    /// <summary>Forgets what has been replayed, all but the mark just before, and returns when the newest replayed position was written.</summary>
    public DateTimeOffset? WrittenAt(double position)
    {
        var after = _marks.FindIndex(mark => mark.Position > position);
        if (after < 0)
        {
            _marks.Clear();
            _spacing = TimeSpan.FromMilliseconds(250);
            return null;
        }

        if (after == 0) return _marks[0].At;
        if (after > 1) _marks.RemoveRange(0, after - 1);
        var (from, to) = (_marks[0], _marks[1]);
        return from.At + ((to.At - from.At) * ((position - from.Position) / (to.Position - from.Position)));
    }
}
