using System.Data.Common;
using System.Text;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Storage;

public abstract class EventStoreContract : StorageContract
{
    private static readonly StreamId Scaling = new("execution", "scale-out-1");
    private static readonly StreamId Outage = new("incident", "2026/17");

    [Fact]
    public async Task Append_to_a_new_stream_reads_back_as_recorded()
    {
        var cockpit = Rig.Open();

        var result = await cockpit.AppendAsync(Scaling, 0, """{"replicas":4}""", """{"replicas": 8}""");
        var stream = await cockpit.Store.ReadStreamAsync(Scaling, CancellationToken.None);

        Assert.Equal(new AppendResult.Appended(2, 1, 2), result);
        var first = Expected(1, Scaling, 1, """{"replicas":4}""", LedgerHash.Genesis);
        Assert.Equal([first, Expected(2, Scaling, 2, """{"replicas": 8}""", first.Hash)], stream);
        Assert.Equal(new LedgerHead(2, stream[1].Hash), await cockpit.Store.ReadHeadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Ledger_without_entries_has_the_empty_head_and_is_intact()
    {
        var cockpit = Rig.Open();

        Assert.Equal(LedgerHead.Empty, await cockpit.Store.ReadHeadAsync(CancellationToken.None));
        Assert.Empty(await cockpit.Store.ReadStreamAsync(Scaling, CancellationToken.None));
        Assert.Equal(new AuditVerdict.Intact(0, LedgerHead.Empty, 0), await cockpit.VerifyAsync());
    }

    [Fact]
    public async Task Append_on_an_outdated_version_is_a_conflict_and_records_nothing()
    {
        var cockpit = Rig.Open();
        await cockpit.AppendAsync(Scaling, 0, "1", "2");

        Assert.Equal(new AppendResult.VersionConflict(2), await cockpit.AppendAsync(Scaling, 1, "3"));
        Assert.Equal(new AppendResult.VersionConflict(2), await cockpit.AppendAsync(Scaling, 0, "3"));
        Assert.Equal(new AppendResult.VersionConflict(0), await cockpit.AppendAsync(Outage, 1, "3"));
        Assert.Equal(["1", "2"], (await cockpit.ReadAllAsync()).Select(entry => entry.Payload));
    }

    [Fact]
    public async Task Append_without_an_expected_version_goes_to_the_end()
    {
        var cockpit = Rig.Open();
        await cockpit.AppendAsync(Outage, 0, "1");
        await cockpit.AppendAsync(Scaling, 0, "2");

        Assert.Equal(new AppendResult.Appended(2, 3, 3), await cockpit.AppendAsync(Outage, null, "3"));
    }

    [Fact]
    public async Task Append_with_a_known_key_answers_what_was_recorded_then()
    {
        var cockpit = Rig.Open();
        await cockpit.Store.AppendAsync(Scaling, 0, [Note("1"), Note("2")], "press-1", CancellationToken.None);
        await cockpit.AppendAsync(Scaling, 2, "3");

        var repeated = await cockpit.Store.AppendAsync(Scaling, 0, [Note("1"), Note("2")], "press-1", CancellationToken.None);
        var elsewhere = await cockpit.Store.AppendAsync(new StreamId("execution", "other"), 0, [Note("9")], "press-1", CancellationToken.None);
        var otherKind = await cockpit.Store.AppendAsync(Outage, 0, [Note("4")], "press-1", CancellationToken.None);

        var existing = (await cockpit.ReadAllAsync()).Take(2);
        Assert.Equal(existing, Assert.IsType<AppendResult.AlreadyRecorded>(repeated).Existing);
        Assert.Equal(existing, Assert.IsType<AppendResult.AlreadyRecorded>(elsewhere).Existing);
        Assert.Equal(new AppendResult.Appended(1, 4, 4), otherKind);
    }

    [Fact]
    public async Task Append_of_no_events_is_refused_at_once()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Rig.Open().AppendAsync(Scaling, 0));
    }

    [Fact]
    public async Task Appends_from_two_instances_at_once_keep_one_line_and_each_version_once()
    {
        var cockpits = new[] { Rig.Open(), Rig.Open() };

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i =>
            Task.Run(() => cockpits[i % 2].AppendAsync(i % 4 < 2 ? Scaling : Outage, null, $$"""{"writer":{{i}}}"""))));

        var ledger = await cockpits[0].ReadAllAsync();
        Assert.Equal(Enumerable.Range(1, 64).Select(n => (long)n), ledger.Select(entry => entry.Position));
        Assert.All([Scaling, Outage], stream => Assert.Equal(
            Enumerable.Range(1, 32).Select(n => (long)n), ledger.Where(entry => entry.Stream == stream).Select(entry => entry.Version)));
        Assert.Equal(
            ledger.Select(entry => (AppendResult)new AppendResult.Appended(entry.Version, entry.Position, entry.Position)),
            results.OrderBy(result => ((AppendResult.Appended)result).FirstPosition));
        Assert.Equal(new AuditVerdict.Intact(64, new LedgerHead(64, ledger[^1].Hash), 0), await cockpits[1].VerifyAsync());
    }

    [Fact]
    public async Task Appends_at_once_on_the_same_version_let_exactly_one_through()
    {
        var cockpits = new[] { Rig.Open(), Rig.Open() };

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => cockpits[i % 2].AppendAsync(Scaling, 0, "1"))));

        Assert.Equal(new AppendResult.Appended(1, 1, 1), Assert.Single(results.OfType<AppendResult.Appended>()));
        Assert.Equal(Enumerable.Repeat(new AppendResult.VersionConflict(1), 15), results.OfType<AppendResult.VersionConflict>());
    }

    [Fact]
    public async Task Appends_at_once_with_the_same_key_record_once()
    {
        var cockpits = new[] { Rig.Open(), Rig.Open() };

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            cockpits[i % 2].Store.AppendAsync(new StreamId("execution", $"e-{i}"), 0, [Note("1")], "press-1", CancellationToken.None))));

        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Equal(15, results.OfType<AppendResult.AlreadyRecorded>().Count());
        Assert.Single(await cockpits[0].ReadAllAsync());
    }

    [Theory]
    [InlineData("\"Gewürz 流量 🚑 \\u0000 \\ud800 ' ; DROP TABLE ledger; --\"")]
    [InlineData("{ \"b\" : 1.0, \"a\":1e3,\r\n\t\"a\": null }")]
    public async Task Payload_comes_back_byte_for_byte_in_another_instance(string payload)
    {
        var stream = new StreamId("incident", "ärger/🚑 '%");
        await Rig.Open().AppendAsync(stream, 0, payload);

        var other = Rig.Open();

        Assert.Equal([payload], (await other.Store.ReadStreamAsync(stream, CancellationToken.None)).Select(entry => entry.Payload));
        Assert.IsType<AuditVerdict.Intact>(await other.VerifyAsync());
    }

    [Fact]
    public async Task Payloads_of_a_megabyte_are_read_back_across_pages()
    {
        var payload = $"\"{new StringBuilder().Insert(0, "流🚑", 150_000)}\"";
        var cockpit = Rig.Open();
        for (var i = 0; i < 16; i++) await cockpit.AppendAsync(Scaling, i, payload);

        Assert.True(Encoding.UTF8.GetByteCount(payload) > 1_000_000);
        Assert.Equal(Enumerable.Repeat(payload, 16), (await cockpit.ReadAllAsync()).Select(entry => entry.Payload));
        Assert.IsType<AuditVerdict.Intact>(await cockpit.VerifyAsync());
    }

    [Fact]
    public async Task Ledger_longer_than_a_page_is_read_whole_and_from_any_position()
    {
        var cockpit = Rig.Open();
        await cockpit.AppendAsync(Scaling, 0, [.. Enumerable.Range(1, 600).Select(n => n.ToString())]);

        Assert.Equal(Enumerable.Range(1, 600).Select(n => (long)n), (await cockpit.ReadAllAsync()).Select(entry => entry.Position));
        Assert.Equal([599, 600], (await cockpit.ReadAllAsync(599)).Select(entry => entry.Position));
        Assert.Empty(await cockpit.ReadAllAsync(601));
    }

    [Fact]
    public async Task Clock_that_jumps_back_moves_times_but_not_positions()
    {
        var cockpit = Rig.Open();
        await cockpit.AppendAsync(Scaling, 0, "1");
        Rig.Clock.Jump(TimeSpan.FromDays(-400));
        await cockpit.AppendAsync(Scaling, 1, "2");

        var ledger = await cockpit.ReadAllAsync();
        Assert.Equal(TimeSpan.FromDays(-400), ledger[1].RecordedAt - ledger[0].RecordedAt);
        Assert.Equal([1, 2], ledger.Select(entry => entry.Position));
        Assert.IsType<AuditVerdict.Intact>(await cockpit.VerifyAsync());
    }

    [Fact]
    public async Task Follower_gets_what_was_there_and_then_what_comes_each_once()
    {
        var cockpit = Rig.Open();
        await cockpit.AppendAsync(Scaling, 0, "1", "2");
        await using var follower = cockpit.Store.FollowAsync(2, CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await follower.MoveNextAsync());
        Assert.Equal("2", follower.Current.Payload);
        var waiting = follower.MoveNextAsync().AsTask();
        await cockpit.AppendAsync(Outage, 0, "3", "4");

        Assert.True(await waiting);
        Assert.Equal("3", follower.Current.Payload);
        Assert.True(await follower.MoveNextAsync());
        Assert.Equal("4", follower.Current.Payload);
    }

    [Fact]
    public async Task Follower_that_is_cancelled_while_waiting_ends()
    {
        using var stop = new CancellationTokenSource();
        await using var follower = Rig.Open().Store.FollowAsync(1, stop.Token).GetAsyncEnumerator();
        var waiting = follower.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData("UPDATE ledger SET payload = '0'")]
    [InlineData("DELETE FROM ledger")]
    public async Task Ledger_refuses_ordinary_changes(string sql)
    {
        await Rig.Open().AppendAsync(Scaling, 0, "1");

        var refused = await Assert.ThrowsAnyAsync<DbException>(() => Rig.ExecuteAsync(sql));

        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_unavailable_until_the_first_write_succeeds()
    {
        var cockpit = Rig.Open();
        Assert.Equal(
            new StorageAvailability.Unavailable("Storage has not been opened yet.", Rig.Clock.GetUtcNow()), cockpit.Health.Current);

        await cockpit.Database.PrepareAsync(CancellationToken.None);

        Assert.Equal(new StorageAvailability.Available(Rig.Clock.GetUtcNow()), cockpit.Health.Current);
        await cockpit.Database.ProbeAsync(CancellationToken.None);
        await cockpit.Database.ProbeAsync(CancellationToken.None);
    }

    private static NewEvent Note(string payload) => new("test.noted", payload, StorageRig.Lena);

    private StoredEvent Expected(long position, StreamId stream, long version, string payload, LedgerHash previous)
    {
        var draft = new StoredEvent(
            position, stream, version, "test.noted", payload, StorageRig.Lena, Rig.Clock.GetUtcNow(), null, previous, LedgerHash.Genesis);
        return draft with { Hash = LedgerEncoding.Hash(draft) };
    }
}
