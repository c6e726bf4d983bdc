using System.Collections.Immutable;
using Cockpit.Catalog;
using Cockpit.Connectors.Kubernetes;
using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Connectors.Kubernetes.Config;
using Cockpit.Connectors.Postgres;
using Cockpit.Connectors.Redis;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Checks;
using Cockpit.UseCases.Executing.Targets;
using Npgsql;

namespace Cockpit.E2E.Lab;

/// <summary>
/// Every action of the catalog that changes something, planned, tried, made, seen and where it can be turned back on the real API server, by
/// the very account that is given to the cockpit: what its role does not grant fails here.
/// </summary>
[Trait("needs", "lab")]
public sealed class LabActionTests : IAsyncLifetime
{
    private const string Mark = "0123456789abcdef";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeProvider Clock = TimeProvider.System;
    private static readonly PlatformCatalog Catalog = CatalogLoader.Load(FindCatalog()).Catalog;
    private static readonly PlatformModel Model = PlatformModelFactory.Create(Catalog);
    private static readonly Actor Anyone = new("lab", "Lab", [Role.Viewer, Role.Responder], IsPerson: true);

    private readonly string _table = $"lab_actions_{Environment.ProcessId}";
    private KubeClient _client = null!;
    private KubernetesObjects _objects = null!;
    private PostgresDatabases _databases = null!;
    private SentinelSource _redis = null!;
    private SentinelGroup _group = null!;
    private ActionTargets _targets = null!;
    private InputChoicesHandler _choices = null!;

    public static TheoryData<string, string> ClusterActions
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var card in Model.Cards.Concat(Model.Procedures))
            {
                foreach (var action in card.Actions.Where(action => action is { Kind: not ActionKind.Check, Target.Namespace: not null })) names.Add(card.Id, action.Id);
            }

            return names;
        }
    }

    public Task InitializeAsync()
    {
        _client = new(new(KubeTarget.From(new() { Kubeconfig = LabSetting.Get("COCKPIT_LAB_KUBECONFIG_COCKPIT") }, Clock)), TimeSpan.FromSeconds(10), Clock);
        _objects = new(_client, Clock);
        _databases = new(new PostgresOptions
        {
            Primary = LabSetting.Get("COCKPIT_LAB_PG_PRIMARY"),
            Actions = LabSetting.Get("COCKPIT_LAB_PG_ACTIONS"),
            Standbys = [new("postgres-replica-0", LabSetting.Get("COCKPIT_LAB_PG_STANDBY"))],
        }, Clock);
        var redis = new RedisOptions
        {
            Group = LabSetting.Get("COCKPIT_LAB_REDIS_GROUP"),
            Sentinels = [.. LabSetting.Get("COCKPIT_LAB_SENTINELS").Split(',').Select(text => RedisAddress.Parse(text.Trim(), 26379)!)],
            Password = Environment.GetEnvironmentVariable("COCKPIT_LAB_REDIS_PASSWORD"),
        };
        _redis = new(redis, Clock);
        _group = new(_redis, new SentinelFailover(redis, Clock), redis);
        _targets = new(
        [
            new ReplicaCounts(new KubernetesDeployments(_client)), new ConfigValues(_objects), new PodTemplates(_objects), new SinglePods(_objects),
            new ServiceSelectors(_objects), new AutoscalerMinimums(_objects), new SentinelGroups(_group), new DatabaseSessions(_databases), new DatabaseUpkeep(_databases),
        ]);
        _choices = new(Model, [_objects], [_databases], new ExecutionBook(), Clock);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await ExecuteAsync($"DROP TABLE IF EXISTS {_table}");
        await _databases.DisposeAsync();
        _redis.Dispose();
        _client.Dispose();
    }

    [Theory]
    [MemberData(nameof(ClusterActions))]
    public async Task Action_is_tried_made_seen_and_turned_back(string owner, string name)
    {
        if (name == "roll-back") await MakeAsync(owner, "restart");
        var inputs = await AnswersAsync(owner, name);
        var action = ActionInputs.Fill(Model.Action(owner, name)!, inputs);
        var target = _targets.Find(action.Kind, action.Target.Kind)!;
        var plan = Done(await target.PlanAsync(action, inputs, CancellationToken.None));
        var change = new TargetChange(action.Kind, action.Target, plan.State.Uid, plan.Fields);

        Assert.Equal(new DryRunResult(true, "The server admits the change."), await TryAsync(target, change));
        Assert.True(Done(await target.ObserveAsync(change, CancellationToken.None)).IsStill(change.Fields));
        await ApplyAsync(target, change, Mark);
        var after = await UntilAsync(target, change, state => action.ReadBack switch
        {
            ReadBack.Value => state.Holds(change.Fields),
            ReadBack.Mark => state.Mark == Mark,
            _ => state.Uid != change.Uid,
        });

        if (action.ReadBack == ReadBack.UidGone) return;
        Assert.Equal(plan.State.Uid, after.Uid);
        await UntilAsync(target, change, state => state.RolledOut != false);
        await ApplyAsync(target, change.Inverse(), "back");
        await UntilAsync(target, change, state => state.IsStill(change.Fields) && state.RolledOut != false);
    }

    [Fact]
    public async Task Version_that_has_passed_is_a_conflict_and_changes_nothing()
    {
        var action = Model.Action("degraded-websockets", "enable-compression")!;
        var target = _targets.Find(action.Kind, action.Target.Kind)!;
        var plan = Done(await target.PlanAsync(action, [], CancellationToken.None));
        var change = new TargetChange(action.Kind, action.Target, plan.State.Uid, plan.Fields);
        Done(await target.ApplyAsync(change, Mark, plan.State.Version, CancellationToken.None));

        var late = await target.ApplyAsync(change.Inverse(), Mark, plan.State.Version, CancellationToken.None);
        var other = await target.ApplyAsync(change.Inverse() with { Uid = "00000000-0000-0000-0000-000000000000" }, Mark,
            Done(await target.ObserveAsync(change, CancellationToken.None)).Version, CancellationToken.None);

        Assert.IsType<TargetFailure.Conflict>(Assert.IsType<TargetAnswer<string>.Failed>(late).Why);
        Assert.IsType<TargetAnswer<string>.Failed>(other);
        Assert.True(Done(await target.ObserveAsync(change, CancellationToken.None)).Holds(change.Fields));
        await ApplyAsync(target, change.Inverse(), "back");
    }

    [Fact]
    public async Task What_the_catalog_does_not_do_the_account_may_not_either()
    {
        var other = await _objects.ChangeAsync(
            new ClusterChange.Selector(new("bondx", "websocket-service"), ImmutableSortedDictionary<string, string?>.Empty.Add("app", "nobody")),
            Done(await _objects.ReadServiceAsync(new("bondx", "websocket-service"), CancellationToken.None)).Uid, "1", dryRun: true, CancellationToken.None);

        Assert.IsType<TargetFailure.Forbidden>(Assert.IsType<TargetAnswer<string>.Failed>(other).Why);
    }

    [Fact]
    public async Task Who_reads_a_setting_and_whom_a_service_would_select_are_told()
    {
        var config = Done(await _objects.ReadConfigAsync(new("bondx", "risk-config"), CancellationToken.None));
        var split = Model.Action("blue-green-release", "split")!;
        var plan = Done(await _targets.Find(split.Kind, split.Target.Kind)!.PlanAsync(split, [], CancellationToken.None));

        Assert.Equal([new ConfigReader("risk-engine", AtStartOnly: false)], config.Readers.AsEnumerable());
        Assert.Contains(plan.State.Endpoints, workload => workload is { Workload: "quantx-api-blue", Ready: > 0 });
        Assert.Equal([new("selector.app", "quantx-api", "quantx-api"), new FieldChange("selector.version", "blue", null)], plan.Fields.AsEnumerable());
    }

    [Fact]
    public async Task Failover_moves_the_master_and_is_read_back_by_role()
    {
        var action = Model.Action("redis-failover", "failover")!;
        var target = _targets.Find(action.Kind, action.Target.Kind)!;
        var plan = Done(await target.PlanAsync(action, [], CancellationToken.None));
        var change = new TargetChange(action.Kind, action.Target, plan.State.Uid, plan.Fields);

        Assert.False((await target.DryRunAsync(change, "", CancellationToken.None)).Offered);
        await ApplyAsync(target, change, Mark);
        await UntilAsync(target, change, state => !state.IsStill(change.Fields) && state.Outlook is { MasterAnswers: true, Candidate.LinkUp: true });

        Assert.IsType<TargetFailure.Conflict>(
            Assert.IsType<TargetAnswer<string>.Failed>(await target.ApplyAsync(change, Mark, "", CancellationToken.None)).Why);
        var (check, validate) = (new MasterCheck(_group), Model.Action("redis-failover", "validate-master")!);
        using var patience = new CancellationTokenSource(Patience, Clock);
        while (Done(await check.AskAsync(validate, patience.Token)).Any(line => line.Good == false))
            await Task.Delay(TimeSpan.FromMilliseconds(200), Clock, patience.Token);
    }

    [Fact]
    public async Task Chosen_client_session_ends_and_the_spared_one_and_the_walsender_go_on()
    {
        await using var chosen = await Sleeper.BeginAsync("chosen");
        await using var spared = await Sleeper.BeginAsync("spared");
        var seen = Done(await _databases.ReadAsync("primary", CancellationToken.None)).Sessions;
        var session = Assert.Single(seen, each => each.Application == "chosen");
        var sender = Assert.Single(seen, each => each.Kind == "walsender");
        var action = Model.Action("database-performance", "terminate")!;
        var target = _targets.Find(action.Kind, action.Target.Kind)!;
        ImmutableArray<InputValue> inputs = [new("sessions", $"{session.Key},{sender.Key},{session.Pid}@2001-01-01T00:00:00.000000Z")];
        var plan = Done(await target.PlanAsync(action, inputs, CancellationToken.None));

        Done(await target.ApplyAsync(new(action.Kind, action.Target, plan.State.Uid, plan.Fields), Mark, "", CancellationToken.None));

        Assert.Equal("SELECT pg_sleep(?)", session.Query);
        var left = Done(await _databases.ReadAsync("primary", CancellationToken.None)).Sessions;
        Assert.Equal([false, true, true], [left.Any(each => each.Key == session.Key), left.Any(each => each.Application == "spared"), left.Any(each => each.Key == sender.Key)]);
    }

    [Fact]
    public async Task Upkeep_is_done_by_an_account_that_may()
    {
        await ExecuteAsync($"CREATE TABLE {_table} (id int PRIMARY KEY); ALTER TABLE {_table} OWNER TO bondx; INSERT INTO {_table} SELECT generate_series(1, 1000)");

        Assert.Contains($"public.{_table}", Done(await _databases.ReadAsync("primary", CancellationToken.None)).Tables);
        Assert.Equal("ANALYZE is done", Done(await _databases.KeepUpAsync("primary", Upkeep.Analyze, null, CancellationToken.None)));
        Assert.Equal("VACUUM (ANALYZE) is done", Done(await _databases.KeepUpAsync("primary", Upkeep.Vacuum, null, CancellationToken.None)));
        Assert.EndsWith("is done", Done(await _databases.KeepUpAsync("primary", Upkeep.Reindex, $"public.{_table}", CancellationToken.None)), StringComparison.Ordinal);
        Assert.IsType<TargetAnswer<string>.Failed>(await _databases.KeepUpAsync("primary", Upkeep.Reindex, "public.\"; drop table x", CancellationToken.None));
    }

    [Fact]
    public async Task Standby_says_that_it_accepts_connections_and_replays()
    {
        var lines = Done(await _databases.CheckAsync("postgres-replica-0", CancellationToken.None));

        Assert.Equal([new CheckLine("It accepts connections.", true), new CheckLine("Replay is not paused.", true)], lines.Take(2));
    }

    private async Task MakeAsync(string owner, string name)
    {
        var inputs = await AnswersAsync(owner, name);
        var action = ActionInputs.Fill(Model.Action(owner, name)!, inputs);
        var target = _targets.Find(action.Kind, action.Target.Kind)!;
        var plan = Done(await target.PlanAsync(action, inputs, CancellationToken.None));
        var change = new TargetChange(action.Kind, action.Target, plan.State.Uid, plan.Fields);
        await ApplyAsync(target, change, "before");
        await UntilAsync(target, change, state => state.RolledOut != false && state.Mark == "before");
    }

    /// <summary>Controllers move a version all the time: the change is sent at the version of a look right before.</summary>
    private static async Task ApplyAsync(IActionTarget target, TargetChange change, string mark)
    {
        using var patience = new CancellationTokenSource(Patience, Clock);
        while (true)
        {
            var look = Done(await target.ObserveAsync(change, patience.Token));
            switch (await target.ApplyAsync(change, mark, look.Version, patience.Token))
            {
                case TargetAnswer<string>.Failed { Why: TargetFailure.Conflict }:
                    await Task.Delay(TimeSpan.FromMilliseconds(100), Clock, patience.Token);
                    continue;
                case var answer:
                    Done(answer);
                    return;
            }
        }
    }

    private static async Task<DryRunResult> TryAsync(IActionTarget target, TargetChange change)
    {
        using var patience = new CancellationTokenSource(Patience, Clock);
        while (true)
        {
            var look = Done(await target.ObserveAsync(change, patience.Token));
            var result = await target.DryRunAsync(change, look.Version, patience.Token);
            if (!result.Message.StartsWith("somebody changed it in this very moment", StringComparison.Ordinal)) return result;
        }
    }

    private static async Task<TargetState> UntilAsync(IActionTarget target, TargetChange change, Func<TargetState, bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience, Clock);
        while (true)
        {
            if (await target.ObserveAsync(change, patience.Token) is TargetAnswer<TargetState>.Done { Value: var state } && holds(state)) return state;
            await Task.Delay(TimeSpan.FromMilliseconds(200), Clock, patience.Token);
        }
    }

    private async Task<ImmutableArray<InputValue>> AnswersAsync(string owner, string name)
    {
        ImmutableArray<InputValue> given = [];
        foreach (var input in Model.Action(owner, name)!.Inputs)
        {
            var offer = (await _choices.HandleAsync(owner, name, given, Anyone, CancellationToken.None)).Single(each => each.Input.Name == input.Name);
            Assert.Null(offer.Doubt);
            given = given.Add(new InputValue(input.Name, input.Kind switch
            {
                InputKind.Workload => "user",
                InputKind.Number => "4",
                _ => offer.Choices[0].Value,
            }));
        }

        return given;
    }

    private static async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(LabSetting.Get("COCKPIT_LAB_PG_OWNER_PRIMARY"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static T Done<T>(TargetAnswer<T> answer) => answer is TargetAnswer<T>.Failed failed
        ? throw new InvalidOperationException($"{failed.Why.GetType().Name}: {failed.Why.Words}")
        : Assert.IsType<TargetAnswer<T>.Done>(answer).Value;

    private static string FindCatalog()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Cockpit.sln"))) root = root.Parent!;
        return Path.Combine(root.FullName, "catalog");
    }

    /// <summary>A client whose query runs until somebody ends its session.</summary>
    private sealed class Sleeper(NpgsqlConnection connection, Task sleeping, string application) : IAsyncDisposable
    {
        public static async Task<Sleeper> BeginAsync(string application)
        {
            var connection = new NpgsqlConnection($"{LabSetting.Get("COCKPIT_LAB_PG_PRIMARY")};Application Name={application};Pooling=false;Command Timeout=0");
            await connection.OpenAsync();
            return new Sleeper(connection, SleepAsync(connection), application);
        }

        public async ValueTask DisposeAsync()
        {
            await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{application}'");
            await sleeping;
            await connection.DisposeAsync();
        }

        private static async Task SleepAsync(NpgsqlConnection connection)
        {
            await using var command = new NpgsqlCommand("SELECT pg_sleep(300)", connection);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteNonQueryAsync());
        }
    }
}
