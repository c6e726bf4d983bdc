using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Cockpit.Live;

namespace Cockpit.Hubs;

/// <summary>One topic as it was last broadcast. Immutable; <see cref="Next"/> gives what follows and the difference.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="Number">Number of the snapshot it was taken from; zero before the first.</param>
/// <param name="AssessedAt">When that snapshot was assessed.</param>
/// <param name="Sections">Its sections by key, each as JSON.</param>
internal sealed record TopicState(string Topic, long Number, DateTimeOffset AssessedAt, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Sections)
{
    private byte[]? _whole;

    public static TopicState Empty(string topic) =>
        new(topic, 0, DateTimeOffset.UnixEpoch, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>>.Empty);

    /// <summary>The topic with all sections, as a viewer gets it on joining and after a gap.</summary>
    public RawJson Whole => new(_whole ??= Write(json =>
    {
        json.WriteNumber("number", Number);
        json.WriteNumber("assessedAt", AssessedAt.ToUnixTimeMilliseconds());
        WriteSections(json, "sections", Sections);
    }));

    /// <summary>The topic after a snapshot, and what changed; the same topic and null when nothing did.</summary>
    public (TopicState State, TopicChange? Change) Next(CockpitSnapshot snapshot, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sections)
    {
        var mine = sections.Where(section => LiveTopics.Includes(Topic, section.Key)).ToImmutableSortedDictionary();
        var changed = mine.Where(section => !Sections.TryGetValue(section.Key, out var before) || !before.Span.SequenceEqual(section.Value.Span))
            .ToImmutableSortedDictionary();
        var gone = Sections.Keys.Where(key => !mine.ContainsKey(key)).ToImmutableArray();
        if (changed.IsEmpty && gone.IsEmpty) return (this, null);
        var next = new TopicState(Topic, snapshot.Number, snapshot.Health?.At ?? AssessedAt, mine);
        return (next, new TopicChange(Number, next, changed, gone));
    }

    /// <summary>The message that says that nothing changed: from and to are the same number.</summary>
    public RawJson StillHere(DateTimeOffset assessedAt, DateTimeOffset sentAt) =>
        Difference(Number, assessedAt, sentAt, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>>.Empty, []);

    internal RawJson Difference(
        long from, DateTimeOffset assessedAt, DateTimeOffset sentAt, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> changed, ImmutableArray<string> gone) =>
        new(Write(json =>
        {
            json.WriteNumber("from", from);
            json.WriteNumber("to", Number);
            json.WriteNumber("assessedAt", assessedAt.ToUnixTimeMilliseconds());
            json.WriteNumber("sentAt", sentAt.ToUnixTimeMilliseconds());
            WriteSections(json, "changes", changed, gone);
        }));

    private byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("topic", Topic);
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteSections(
        Utf8JsonWriter json, string name, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> sections, ImmutableArray<string> gone = default)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in sections)
        {
            json.WritePropertyName(key);
            json.WriteRawValue(value.Span, skipInputValidation: true);
        }

        foreach (var key in gone.IsDefault ? [] : gone) json.WriteNull(key);
        json.WriteEndObject();
    }
}

/// <summary>How a topic changed between two broadcasts.</summary>
/// <param name="From">Number that a viewer must hold for the change to apply.</param>
/// <param name="State">The topic afterwards.</param>
/// <param name="Changed">Sections that came or changed.</param>
/// <param name="Gone">Keys of sections that went; they travel as null.</param>
internal sealed record TopicChange(
    long From, TopicState State, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Changed, ImmutableArray<string> Gone)
{
    public RawJson Write(DateTimeOffset sentAt) => State.Difference(From, State.AssessedAt, sentAt, Changed, Gone);
}
