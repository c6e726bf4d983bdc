using Cockpit.Storage;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Storage;

public sealed class SqliteFaultTests : IAsyncLifetime
{
    private static readonly StreamId Scaling = new("execution", "scale-out-1");

    private readonly SqliteRig _rig = new() { BusyTimeout = TimeSpan.FromMilliseconds(50) };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Database_locked_by_another_process_is_unavailable_until_released()
    {
        var cockpit = _rig.Open();
        await cockpit.AppendAsync(Scaling, 0, "1");
        await using (var other = _rig.Connect())
        {
            await using var transaction = other.BeginTransaction();

            await AssertUnavailableAsync(cockpit, "The database is locked by another process.");
            Assert.Equal(new LedgerHead(1, (await cockpit.ReadAllAsync())[0].Hash), await cockpit.Store.ReadHeadAsync(CancellationToken.None));
            Assert.IsType<StorageAvailability.Unavailable>(cockpit.Health.Current);
        }

        await AssertRecoveredAsync(cockpit);
    }

    [Fact]
    public async Task Full_disk_is_unavailable_and_loses_nothing()
    {
        var cockpit = _rig.Open();
        await cockpit.AppendAsync(Scaling, 0, "1");
        var database = (SqliteDatabase)cockpit.Database;
        database.SessionPragmas = "PRAGMA max_page_count = 1;";

        await AssertUnavailableAsync(cockpit, "The disk of the database is full.", $"\"{new string('x', 1_000_000)}\"");

        database.SessionPragmas = "PRAGMA max_page_count = 1000000;";
        await AssertRecoveredAsync(cockpit);
    }

    [Fact]
    public async Task Read_only_file_is_unavailable_although_reads_work()
    {
        var cockpit = _rig.Open();
        await cockpit.AppendAsync(Scaling, 0, "1");
        var database = (SqliteDatabase)cockpit.Database;
        database.SessionPragmas = "PRAGMA query_only = 1;";

        await AssertUnavailableAsync(cockpit, "The database is read-only.");
        Assert.Single(await cockpit.ReadAllAsync());
        Assert.IsType<StorageAvailability.Unavailable>(cockpit.Health.Current);

        database.SessionPragmas = "PRAGMA query_only = 0;";
        await AssertRecoveredAsync(cockpit);
    }

    [Fact]
    public async Task Deleted_file_is_unavailable_and_not_made_anew()
    {
        var cockpit = _rig.Open();
        await cockpit.AppendAsync(Scaling, 0, "1");
        File.Move(_rig.FilePath, _rig.FilePath + ".away");

        await AssertUnavailableAsync(cockpit, "The database file cockpit.db is missing.");

        Assert.False(File.Exists(_rig.FilePath));
        File.Move(_rig.FilePath + ".away", _rig.FilePath);
        await AssertRecoveredAsync(cockpit);
    }

    [Fact]
    public async Task File_that_is_no_database_is_unavailable_and_left_alone()
    {
        await File.WriteAllTextAsync(_rig.FilePath, new string('?', 5000));

        await AssertUnavailableAsync(_rig.Open(), "The database file is damaged or not a database.");

        Assert.Equal(new string('?', 5000), await File.ReadAllTextAsync(_rig.FilePath));
    }

    [Fact]
    public async Task Tool_that_only_looks_makes_no_database()
    {
        var health = _rig.Open().Health;
        await using var database = new SqliteDatabase(_rig.Directory, false, health, _rig.Clock);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => new SqlEventStore(database, _rig.Clock).ReadHeadAsync(CancellationToken.None));

        Assert.False(File.Exists(_rig.FilePath));
    }

    [Fact]
    public async Task New_file_is_for_the_owner_only()
    {
        await _rig.Open().AppendAsync(Scaling, 0, "1");

        Assert.All(
            Directory.GetFiles(_rig.Directory),
            file => Assert.True(
                OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)));
    }

    [Fact]
    public async Task Process_killed_between_statements_leaves_what_was_committed_and_nothing_else()
    {
        var killed = _rig.Open();
        await killed.AppendAsync(Scaling, 0, "1", "2");
        await using var survivor = new SqliteRig();
        await using (var unfinished = _rig.Connect())
        {
            // A cache of few pages makes SQLite write the open transaction to the log before its commit.
            await using var command = unfinished.CreateCommand();
            command.CommandText =
                """
                PRAGMA cache_size = 5; PRAGMA cache_spill = 1;
                BEGIN IMMEDIATE;
                INSERT INTO ledger SELECT 3, stream_kind, stream_id, 3, type, hex(randomblob(500000)), actor_id, actor_name, actor_roles,
                    actor_is_person, recorded_at_us, idempotency_key, hash, 'unfinished' FROM ledger WHERE position = 2;
                INSERT INTO ledger SELECT 4, stream_kind, stream_id, 4, type, hex(randomblob(500000)), actor_id, actor_name, actor_roles,
                    actor_is_person, recorded_at_us, idempotency_key, hash, 'unfinished' FROM ledger WHERE position = 3;
                """;
            await command.ExecuteNonQueryAsync();
            Assert.True(new FileInfo(_rig.FilePath + "-wal").Length > 1_000_000);
            File.Copy(_rig.FilePath, survivor.FilePath);
            File.Copy(_rig.FilePath + "-wal", survivor.FilePath + "-wal");
        }

        var restarted = survivor.Open();

        Assert.Equal(["1", "2"], (await restarted.ReadAllAsync()).Select(entry => entry.Payload));
        Assert.Equal(new AppendResult.Appended(3, 3, 3), await restarted.AppendAsync(Scaling, 2, "3"));
        Assert.IsType<AuditVerdict.Intact>(await restarted.VerifyAsync());
    }

    [Fact]
    public async Task Follower_waits_through_an_outage_and_finds_what_another_process_recorded()
    {
        var cockpit = _rig.Open();
        await cockpit.AppendAsync(Scaling, 0, "1");
        await using var follower = cockpit.Store.FollowAsync(2, CancellationToken.None).GetAsyncEnumerator();
        var waiting = follower.MoveNextAsync().AsTask();
        await PollAsync();
        File.Move(_rig.FilePath, _rig.FilePath + ".away");
        await PollAsync();
        Assert.IsType<StorageAvailability.Unavailable>(cockpit.Health.Current);
        File.Move(_rig.FilePath + ".away", _rig.FilePath);

        await _rig.Open().AppendAsync(Scaling, 1, "2");
        await PollAsync();

        Assert.True(await waiting);
        Assert.Equal("2", follower.Current.Payload);

        async Task PollAsync()
        {
            await SleepingAsync();
            _rig.Clock.Advance(cockpit.Database.FollowPollInterval);
            if (!waiting.IsCompleted) await SleepingAsync();
        }

        async Task SleepingAsync()
        {
            while (_rig.Clock.PendingTimers == 0 && !waiting.IsCompleted) await Task.Yield();
        }
    }

    private static async Task AssertUnavailableAsync(StorageInstance cockpit, string reason, string payload = "2")
    {
        var unavailable = await Assert.ThrowsAsync<StorageUnavailableException>(() => cockpit.AppendAsync(Scaling, 1, payload));

        Assert.Equal((reason, false), (unavailable.Message, unavailable.MayHaveBeenRecorded));
        Assert.Equal(reason, Assert.IsType<StorageAvailability.Unavailable>(cockpit.Health.Current).Reason);
    }

    private static async Task AssertRecoveredAsync(StorageInstance cockpit)
    {
        Assert.Equal(new AppendResult.Appended(2, 2, 2), await cockpit.AppendAsync(Scaling, 1, "2"));
        Assert.IsType<StorageAvailability.Available>(cockpit.Health.Current);
        Assert.IsType<AuditVerdict.Intact>(await cockpit.VerifyAsync());
    }
}
