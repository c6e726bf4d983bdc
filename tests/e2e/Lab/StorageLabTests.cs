using Cockpit.Domain.Executions;
using Cockpit.Storage;
using Cockpit.Tests.Storage;
using Cockpit.UseCases.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.E2E.Lab;

[Trait("needs", "lab")]
public sealed class PostgresEventStoreTests : EventStoreContract
{
    internal override async Task<StorageRig> CreateRigAsync() => await PostgresRig.CreateAsync();
}

[Trait("needs", "lab")]
public sealed class PostgresAuditTests : AuditContract
{
    internal override async Task<StorageRig> CreateRigAsync() => await PostgresRig.CreateAsync();
}

[Trait("needs", "lab")]
public sealed class PostgresMigrationTests : MigrationContract
{
    internal override async Task<StorageRig> CreateRigAsync() => await PostgresRig.CreateAsync();
}

[Trait("needs", "lab")]
public sealed class PostgresSliArchiveTests : SliArchiveContract
{
    internal override async Task<StorageRig> CreateRigAsync() => await PostgresRig.CreateAsync();
}

[Trait("needs", "lab")]
public sealed class PostgresSignInStorageTests : SignInStorageContract
{
    internal override async Task<StorageRig> CreateRigAsync() => await PostgresRig.CreateAsync();
}

[Trait("needs", "lab")]
public sealed class StorageLabTests : IAsyncLifetime
{
    private static readonly StreamId Scaling = new("execution", "scale-out-1");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private PostgresRig _rig = null!;

    public async Task InitializeAsync() => _rig = await PostgresRig.CreateAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Connection_ended_once_before_the_commit_is_repeated_unseen()
    {
        var cockpit = await OpenWithOneEntryAsync();
        await using var blocker = await _rig.HoldLedgerLockAsync();
        var appending = cockpit.AppendAsync(Scaling, 1, "2");

        await _rig.EndWaitingConnectionAsync();
        await _rig.UntilWaitingAsync();
        await blocker.DisposeAsync();

        Assert.Equal(new AppendResult.Appended(2, 2, 2), await appending);
    }

    [Fact]
    public async Task Connection_ended_again_and_again_is_unavailable_and_records_nothing()
    {
        var cockpit = await OpenWithOneEntryAsync();
        await using var blocker = await _rig.HoldLedgerLockAsync();
        var appending = cockpit.AppendAsync(Scaling, 1, "2");

        await _rig.EndWaitingConnectionAsync();
        await _rig.EndWaitingConnectionAsync();

        var unavailable = await Assert.ThrowsAsync<StorageUnavailableException>(() => appending);
        Assert.Equal(("The database server ended the connection.", false), (unavailable.Message, unavailable.MayHaveBeenRecorded));
        Assert.IsType<StorageAvailability.Unavailable>(cockpit.Health.Current);
        await blocker.DisposeAsync();
        Assert.Equal(new AppendResult.Appended(2, 2, 2), await cockpit.AppendAsync(Scaling, 1, "2"));
        Assert.IsType<StorageAvailability.Available>(cockpit.Health.Current);
        Assert.IsType<AuditVerdict.Intact>(await cockpit.VerifyAsync());
    }

    [Fact]
    public async Task Append_that_waits_for_the_lock_can_be_cancelled()
    {
        var cockpit = await OpenWithOneEntryAsync();
        await using var blocker = await _rig.HoldLedgerLockAsync();
        using var stop = new CancellationTokenSource();
        var appending = cockpit.Store.AppendAsync(
            Scaling, 1, [new NewEvent("test.noted", "2", Actor.System)], stop.Token);
        await _rig.UntilWaitingAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => appending);
        Assert.IsType<StorageAvailability.Available>(cockpit.Health.Current);
    }

    [Fact]
    public async Task Server_that_ended_every_idle_connection_is_used_again_without_a_failure()
    {
        var cockpit = await OpenWithOneEntryAsync();
        await _rig.EndEveryConnectionAsync();

        Assert.Equal(new AppendResult.Appended(2, 2, 2), await cockpit.AppendAsync(Scaling, 1, "2"));
        Assert.Equal(2, (await cockpit.ReadAllAsync()).Count);
    }

    [Theory]
    [InlineData("Port=1", "The database server cannot be reached.")]
    [InlineData("Database=there_is_none", "The database does not exist.")]
    [InlineData("Search Path=there_is_none", "The schema does not exist, or none is on the search path.")]
    [InlineData("Options=-c default_transaction_read_only=on", "The database server is read-only: it is a standby.")]
    public async Task Server_that_cannot_serve_is_unavailable_with_the_reason(string setting, string reason)
    {
        var cockpit = _rig.OpenWith(setting);

        var unavailable = await Assert.ThrowsAsync<StorageUnavailableException>(() => cockpit.AppendAsync(Scaling, 0, "1"));

        Assert.Equal(reason, unavailable.Message);
        Assert.Equal(new StorageAvailability.Unavailable(reason, _rig.Clock.GetUtcNow()), cockpit.Health.Current);
    }

    [Fact]
    public async Task Follower_hears_at_once_of_another_instance_also_after_its_listener_was_cut_off()
    {
        var here = await OpenWithOneEntryAsync();
        var elsewhere = _rig.Open();
        using var listener = new PostgresLedgerListener(here.Database, TimeProvider.System, NullLogger<PostgresLedgerListener>.Instance);
        await listener.StartAsync(CancellationToken.None);
        await _rig.UntilListeningAsync();
        await using var follower = here.Store.FollowAsync(2, CancellationToken.None).GetAsyncEnumerator();

        // The follower polls on a clock that stands still: only a notification can wake it.
        var first = follower.MoveNextAsync().AsTask();
        await elsewhere.AppendAsync(Scaling, 1, "2");
        Assert.True(await first.WaitAsync(Patience));
        Assert.Equal("2", follower.Current.Payload);

        var second = follower.MoveNextAsync().AsTask();
        await _rig.EndListenerAsync();
        await elsewhere.AppendAsync(Scaling, 2, "3");
        Assert.True(await second.WaitAsync(Patience));
        Assert.Equal("3", follower.Current.Payload);

        await listener.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Leadership_is_held_by_one_and_passes_on_when_resigned()
    {
        var first = CreateLeadership();
        var second = CreateLeadership();
        var term = await first.AcquireAsync(CancellationToken.None);
        var waiting = second.AcquireAsync(CancellationToken.None);

        Assert.Equal((true, false, false), (first.IsLeader, second.IsLeader, waiting.IsCompleted));
        await term.DisposeAsync();
        await using var next = await waiting.WaitAsync(Patience);

        Assert.Equal((false, true), (first.IsLeader, second.IsLeader));
    }

    [Fact]
    public async Task Leadership_is_lost_with_its_connection_and_can_be_won_again()
    {
        var leadership = CreateLeadership();
        await using var term = await leadership.AcquireAsync(CancellationToken.None);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = term.Lost.Register(lost.SetResult);

        await _rig.EndLeaderAsync();
        await lost.Task.WaitAsync(Patience);

        Assert.False(leadership.IsLeader);
        await using var again = await leadership.AcquireAsync(CancellationToken.None).WaitAsync(Patience);
        Assert.True(leadership.IsLeader);
    }

    [Fact]
    public async Task Waiting_for_leadership_can_be_cancelled()
    {
        await using var term = await CreateLeadership().AcquireAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var waiting = CreateLeadership().AcquireAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private PostgresLeadership CreateLeadership() =>
        new((PostgresDatabase)_rig.Open().Database, TimeProvider.System, NullLogger<PostgresLeadership>.Instance);

    private async Task<StorageInstance> OpenWithOneEntryAsync()
    {
        var cockpit = _rig.Open();
        await cockpit.AppendAsync(Scaling, 0, "1");
        return cockpit;
    }
}
