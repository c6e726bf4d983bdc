using System.Collections.Immutable;
using Cockpit.Live;

namespace Cockpit.Hubs;

/// <summary>All topics as they were last broadcast. One broadcaster moves them on; hub methods read them at any time.</summary>
internal sealed class LiveBoard
{
    private ImmutableDictionary<string, TopicState> _topics = LiveTopics.All.ToImmutableDictionary(topic => topic, TopicState.Empty);
    private long _seen;

    /// <summary>The topic as last broadcast. A viewer that joins before it reads this misses nothing.</summary>
    public TopicState this[string topic] => Volatile.Read(ref _topics)[topic];

    /// <summary>Moves all topics to a snapshot and returns what changed. Whatever snapshots lay between are folded into it.</summary>
    public ImmutableArray<TopicChange> MoveTo(CockpitSnapshot snapshot)
    {
        if (snapshot.Number == _seen) return [];
        _seen = snapshot.Number;
        var sections = LiveSections.Of(snapshot).ToDictionary(section => section.Key, section => (ReadOnlyMemory<byte>)LiveJson.Write(section.Value));
        var moved = _topics.Values.Select(topic => topic.Next(snapshot, sections)).ToImmutableArray();
        Volatile.Write(ref _topics, moved.ToImmutableDictionary(move => move.State.Topic, move => move.State));
        return [.. moved.Select(move => move.Change).OfType<TopicChange>()];
    }
}
