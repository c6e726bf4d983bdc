using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Storage;

public sealed class RecordingTypesTests
{
    [Theory]
    [InlineData("execution", "1", "execution/1")]
    [InlineData("maintenance-window", "a/b c", "maintenance-window/a/b c")]
    public void Stream_is_written_and_read_back(string kind, string id, string written)
    {
        Assert.Equal(written, new StreamId(kind, id).ToString());
        Assert.Equal(new StreamId(kind, id), StreamId.Parse(written));
    }

    [Theory]
    [InlineData("execution")]
    [InlineData("/1")]
    [InlineData("execution/")]
    [InlineData("Execution/1")]
    [InlineData("1execution/1")]
    [InlineData("execution/a\nb")]
    [InlineData("execution/\0")]
    public void Text_that_is_no_stream_is_refused(string text) => Assert.Throws<FormatException>(() => StreamId.Parse(text));

    [Fact]
    public void Stream_with_a_lone_surrogate_is_refused() => Assert.Throws<ArgumentException>(() => new StreamId("execution", "\ud83d"));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1 2")]
    [InlineData("\"\0\"")]
    public void Payload_that_is_not_one_json_value_is_refused(string payload) =>
        Assert.Throws<ArgumentException>(() => new NewEvent("test.noted", payload, Actor.System));

    [Fact]
    public void Payload_over_the_limit_is_refused()
    {
        var largest = $"\"{new string('x', NewEvent.MaxPayloadBytes - 2)}\"";

        Assert.Equal(largest, new NewEvent("test.noted", largest, Actor.System).Payload);
        Assert.Throws<ArgumentException>(() => new NewEvent("test.noted", largest + " ", Actor.System));
    }

    [Fact]
    public void Actor_name_with_a_lone_surrogate_is_refused() =>
        Assert.Throws<ArgumentException>(() => new NewEvent("test.noted", "1", new Actor("u-1", "\udc00", [], true)));

    [Fact]
    public void Hash_of_a_known_entry_is_the_known_hash()
    {
        var entry = new StoredEvent(
            7,
            new StreamId("execution", "ä"),
            2,
            "test.noted",
            """{"n":1}""",
            new Actor("u-1", "Lena", [Role.Viewer, Role.Responder], true),
            DateTimeOffset.UnixEpoch.AddMicroseconds(1_234_567),
            "press-1",
            LedgerHash.Genesis,
            LedgerHash.Genesis);

        Assert.Equal("7c04b075f26680b118ace5569e21fbfa19672b42e561e4942eabc9b8d0051cdc", LedgerEncoding.Hash(entry).ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_795_317_120_123_456)]
    public void Microseconds_are_read_back(long microseconds) =>
        Assert.Equal(microseconds, LedgerEncoding.ToMicroseconds(LedgerEncoding.FromMicroseconds(microseconds)));
}
