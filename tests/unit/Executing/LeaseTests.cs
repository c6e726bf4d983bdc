using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Tests.Health;
using Cockpit.Tests.Recording;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Executing;

/// <summary>A temporary change is turned back when its time is up, unless that would hurt or overwrite somebody, and never twice.</summary>
public sealed partial class LeaseTests : IAsyncLifetime
{
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);

    private static readonly MetricsReading Quiet = Platform.Metrics((SignalIds.Connections, 5_000));

    private Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Accepted_temporary_change_opens_a_lease_of_the_catalogs_length()
    {
        var run = await _desk.RunAsync();

        Assert.Equal(new Lease(TwoHours, Platform.Now, Platform.Now + TwoHours), run.Lease);
    }

    [Fact]
    public async Task Lease_that_ran_out_is_turned_back_by_an_execution_of_its_own()
    {
        var run = await RunToTheEndAsync();

        await PassAsync(TwoHours, Quiet);

        Assert.Equal([8, 4], _desk.Cluster.Sent);
        var (revert, ended) = (_desk.Book.Recent.Single(execution => execution.RevertOf == run.Id), _desk.Book.Find(run.Id)!);
        Assert.Equal((ExecutionState.Done, $"{run.Id}-r1", "Cockpit"), (revert.State, revert.Id, revert.RequestedBy));
        Assert.Equal("turned back, 4 of 4 replicas are ready", ended.Lease!.EndedBecause);
        Assert.Equal(
            ["execution.revert-begun", "execution.requested", "target.claimed", "execution.dispatch-intended", "execution.accepted", "execution.effect-seen", "execution.lease-ended"],
            _desk.Store.Types.SkipWhile(type => type != "execution.revert-begun").Where(type => type != "execution.observed"));
    }

    [Fact]
    public async Task Nothing_is_turned_back_before_its_time()
    {
        await RunToTheEndAsync();

        await PassAsync(TwoHours - TimeSpan.FromMinutes(1), Quiet);

        Assert.Equal([8], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Revert_that_would_hurt_extends_itself_and_pages()
    {
        var run = await RunToTheEndAsync();

        await PassAsync(TwoHours, Platform.Metrics());

        Assert.Equal([8], _desk.Cluster.Sent);
        var lease = _desk.Book.Find(run.Id)!.Lease!;
        Assert.Equal((true, 1, null), (lease.IsOpen, lease.SelfExtensions, lease.ExtendedBy));
        Assert.True(lease.Until > _desk.Clock.GetUtcNow());
        Assert.Contains("4 replicas would be used to 91", Assert.Single(_desk.Pager.Pages).Text, StringComparison.Ordinal);

        await PassAsync(Lease.LongestSelfExtension, Quiet);
        Assert.Equal([8, 4], _desk.Cluster.Sent);
    }

    [Theory]
    [InlineData(0.2, "“Message delivery above 150 ms (p95)” is still seen")]
    [InlineData(null, "“Message delivery above 150 ms (p95)” cannot be told (the source returned no such series)")]
    public async Task Symptom_that_is_seen_or_cannot_be_told_leaves_the_change_in_place(double? delivery, string why)
    {
        var run = await RunToTheEndAsync();

        await PassAsync(TwoHours, Platform.Metrics((SignalIds.Connections, 5_000), (SignalIds.DeliveryP95, delivery)));

        Assert.Equal([8], _desk.Cluster.Sent);
        Assert.Contains(_desk.Book.Find(run.Id)!.Steps, step => step.Text == $"Stays for now: {why}");
    }

    [Fact]
    public async Task Somebody_elses_later_change_is_never_overwritten()
    {
        var run = await RunToTheEndAsync();
        _desk.Cluster.Workload = _desk.Cluster.Workload with { Replicas = 6, ReadyReplicas = 6, Generation = 9, ObservedGeneration = 9 };

        await PassAsync(TwoHours, Quiet);

        Assert.Equal([8], _desk.Cluster.Sent);
        Assert.Equal("somebody changed it since (the target asks for 6 replicas), and that is not overwritten", _desk.Book.Find(run.Id)!.Lease!.EndedBecause);
    }

    [Fact]
    public async Task What_somebody_turned_back_already_needs_nothing()
    {
        var run = await RunToTheEndAsync();
        _desk.Cluster.Workload = _desk.Cluster.Workload with { Replicas = 4, ReadyReplicas = 4 };

        await PassAsync(TwoHours, Quiet);

        Assert.Equal([8], _desk.Cluster.Sent);
        Assert.Equal("the target asks for 4 replicas already, as before the change", _desk.Book.Find(run.Id)!.Lease!.EndedBecause);
    }

    [Fact]
    public async Task Target_that_was_made_anew_or_belongs_to_an_autoscaler_is_left_alone()
    {
        var run = await RunToTheEndAsync();
        _desk.Cluster.Workload = _desk.Cluster.Workload with { Autoscaler = new Autoscaler("ws", 4, 12) };

        await PassAsync(TwoHours, Quiet);

        Assert.Equal("the autoscaler ws keeps 4 to 12 replicas now", _desk.Book.Find(run.Id)!.Lease!.EndedBecause);
        Assert.Equal([8], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Target_that_cannot_be_read_is_tried_again_and_paged_about_once()
    {
        await RunToTheEndAsync();
        _desk.Cluster.Reading = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection refused"));
        await PassAsync(TwoHours, Quiet);
        await PassAsync(Lease.RetryAfter, Quiet);

        Assert.Single(_desk.Pager.Pages);
        _desk.Cluster.Reading = null;
        await PassAsync(Lease.RetryAfter, Quiet);

        Assert.Equal([8, 4], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Cluster_that_hangs_after_taking_the_revert_is_read_back_and_nothing_is_sent_twice()
    {
        var run = await RunToTheEndAsync();
        _desk.Cluster.Scaling = _ =>
        {
            _desk.Cluster.Apply(4);
            return Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection reset"));
        };

        await PassAsync(TwoHours, Quiet);

        Assert.Equal([8, 4], _desk.Cluster.Sent);
        Assert.False(_desk.Book.Find(run.Id)!.HoldsLease);
    }

    public static TheoryData<int, int> EveryAppendOfARevert
    {
        get
        {
            var data = new TheoryData<int, int>();
            for (var step = 1; step <= 7; step++)
                foreach (var fault in new[] { AppendFault.CrashBefore, AppendFault.CrashAfter }) data.Add(step, (int)fault);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EveryAppendOfARevert))]
    public async Task Crash_at_any_step_of_a_revert_ends_with_the_old_value_and_one_change(int step, int fault)
    {
        var run = await RunToTheEndAsync();
        var appends = 0;
        _desk.Store.Fault = _ => ++appends == step ? (AppendFault)fault : AppendFault.None;
        _desk.Clock.Advance(TwoHours);
        for (var round = 0; round < 12 && appends < step; round++)
        {
            _desk.Observe(Quiet);
            try
            {
                await _desk.SuperviseAsync();
            }
            catch (CrashException)
            {
                break;
            }

            _desk.Cluster.Workload = _desk.Cluster.Workload with { ReadyReplicas = _desk.Cluster.Workload.Replicas };
            _desk.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        _desk.Store.Fault = _ => AppendFault.None;
        _desk = await _desk.RestartAsync();
        await PassAsync(TimeSpan.FromSeconds(1), Quiet);
        for (var minute = 0; minute < 3; minute++) await PassAsync(TimeSpan.FromSeconds(61), Quiet);

        Assert.Equal([8, 4], _desk.Cluster.Sent);
        Assert.Equal((4, false), (_desk.Cluster.Workload.Replicas, _desk.Book.Find(run.Id)!.HoldsLease));
    }

    [Fact]
    public async Task Stacked_leases_that_ran_out_return_to_the_oldest_base()
    {
        var (first, second) = await StackAsync();

        await PassAsync(TwoHours - TimeSpan.FromMinutes(20), Quiet);
        Assert.True(_desk.Clock.GetUtcNow() > first.Lease!.Until);
        Assert.Equal([6, 8], _desk.Cluster.Sent);
        Assert.True(_desk.Book.Find(first.Id)!.HoldsLease);

        await PassAsync(TimeSpan.FromMinutes(20), Quiet);

        Assert.Equal([6, 8, 4], _desk.Cluster.Sent);
        Assert.Equal((false, false), (_desk.Book.Find(first.Id)!.HoldsLease, _desk.Book.Find(second.Id)!.HoldsLease));
    }

    [Fact]
    public async Task Lease_on_top_that_ends_first_returns_to_what_still_stands_below()
    {
        var (first, second) = await StackAsync();
        Recorded(await ExtendAsync(first, "the market is still busy"));

        await PassAsync(TwoHours, Quiet);
        Assert.Equal([6, 8, 6], _desk.Cluster.Sent);
        Assert.Equal((true, false), (_desk.Book.Find(first.Id)!.HoldsLease, _desk.Book.Find(second.Id)!.HoldsLease));

        await PassAsync(TwoHours, Quiet);
        Assert.Equal([6, 8, 6, 4], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Clock_that_goes_back_does_not_let_a_change_stand_longer()
    {
        var run = await RunToTheEndAsync();
        await PassAsync(TimeSpan.FromMinutes(10), Quiet);
        _desk.Clock.Jump(-TimeSpan.FromHours(5));

        await PassAsync(TwoHours - TimeSpan.FromMinutes(12), Quiet);
        Assert.Equal([8], _desk.Cluster.Sent);
        await PassAsync(TimeSpan.FromMinutes(3), Quiet);

        Assert.Equal([8, 4], _desk.Cluster.Sent);
        Assert.False(_desk.Book.Find(run.Id)!.HoldsLease);
    }

    [Fact]
    public async Task Clock_that_went_back_before_a_restart_leaves_a_lease_no_more_than_it_had()
    {
        await RunToTheEndAsync();
        _desk.Clock.Jump(-TimeSpan.FromHours(5));
        _desk = await _desk.RestartAsync();
        await PassAsync(TimeSpan.FromSeconds(1), Quiet);

        await PassAsync(TwoHours, Quiet);

        Assert.Equal([8, 4], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Clock_that_jumps_ahead_ends_a_lease_early_only_where_that_does_not_hurt()
    {
        var run = await RunToTheEndAsync();
        _desk.Clock.Jump(TimeSpan.FromHours(5));

        await PassAsync(TimeSpan.FromSeconds(1), Platform.Metrics());

        Assert.Equal([8], _desk.Cluster.Sent);
        Assert.Equal(1, _desk.Book.Find(run.Id)!.Lease!.SelfExtensions);
    }

    [Fact]
    public async Task Cooldown_and_expired_preview_do_not_keep_a_change_from_being_turned_back()
    {
        var run = await RunToTheEndAsync();
        _desk.Observe(Quiet);
        Assert.False((await _desk.PreviewAsync()).MayRun);

        Recorded(await RevertAsync(run, null));
        await PassAsync(TimeSpan.FromSeconds(1), Quiet);

        Assert.Equal([8, 4], _desk.Cluster.Sent);
    }

    /// <summary>Four to eight, its effect seen, the card recovered.</summary>
    private async Task<Execution> RunToTheEndAsync()
    {
        var run = await _desk.RunAsync();
        await PassAsync(TimeSpan.FromSeconds(1), Quiet);
        Assert.Equal(ExecutionState.Recovered, _desk.Book.Find(run.Id)!.State);
        return run;
    }

    /// <summary>Four to six, and half an hour later six to eight.</summary>
    private async Task<(Execution First, Execution Second)> StackAsync()
    {
        var first = Assert.IsType<ConfirmOutcome.Started>(await _desk.ConfirmAsync(await _desk.PreviewAsync(action: "scale-to-6"))).Execution;
        await PassAsync(TimeSpan.FromMinutes(30), Platform.Metrics((SignalIds.Connections, 17_000)));
        var second = Assert.IsType<ConfirmOutcome.Started>(await _desk.ConfirmAsync(await _desk.PreviewAsync())).Execution;
        await PassAsync(TimeSpan.FromSeconds(1), Quiet);
        Assert.Equal((ExecutionState.Accepted, ExecutionState.Accepted), (first.State, second.State));
        return (first, second);
    }

    /// <summary>Time passes, every pod becomes ready, and the supervisor looks until it has nothing more to do.</summary>
    private async Task PassAsync(TimeSpan time, MetricsReading metrics)
    {
        _desk.Clock.Advance(time);
        for (var round = 0; round < 14; round++)
        {
            _desk.Observe(metrics);
            await _desk.SuperviseAsync();
            _desk.Cluster.Workload = _desk.Cluster.Workload with { ReadyReplicas = _desk.Cluster.Workload.Replicas };
            _desk.Clock.Advance(TimeSpan.FromMilliseconds(10));
        }
    }
}
