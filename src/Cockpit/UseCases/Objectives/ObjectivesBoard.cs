using System.Collections.Immutable;
using Cockpit.Domain.Health;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Alerting;
using Cockpit.UseCases.Maintaining;

namespace Cockpit.UseCases.Objectives;

/// <summary>
/// Holds the meters and turns a round of answers into the state that all screens show. Written by the sampling loop alone; reading the
/// state costs nothing.
/// </summary>
public sealed class ObjectivesBoard : IObjectiveHistory
{
    private readonly ObjectivePlan _plan;
    private readonly MaintenanceBook _maintenance;
    private readonly ISliSource _source;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, ObjectiveMeter> _meters;
    private readonly AlertRounds _alerts;
    private readonly OutageBook? _outages;
    private readonly ComplianceTrend _compliance = new();
    private long _maintenanceVersion = -1;
    private HistoryState _history = HistoryState.None;
    private volatile bool _pastChanged;
    private ObjectivesState _current = ObjectivesState.Nothing;

    public ObjectivesBoard(ObjectivePlan plan, ISliSource source, MaintenanceBook maintenance, TimeProvider clock)
    {
        (_plan, _source, _maintenance, _clock) = (plan, source, maintenance, clock);
        _meters = plan.Objectives.ToDictionary(facts => facts.Key, facts => new ObjectiveMeter(facts, SamplePace.SourceInterval, source.Now), StringComparer.Ordinal);
        _alerts = new AlertRounds(plan.Rules);
        _outages = plan.Impact is { } impact ? new OutageBook(impact) : null;
        Queries =
        [
            .. _meters.Values.Where(meter => meter.Facts.UnmeasurableBecause is null).SelectMany(meter => meter.Queries.All)
                .Concat(_alerts.Queries).Concat(plan.UsersQuery is { } users ? [users] : []).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>The newest state.</summary>
    public ObjectivesState Current => Volatile.Read(ref _current);

    /// <summary>What a round asks, each query once.</summary>
    internal ImmutableArray<string> Queries { get; }

    internal IReadOnlyDictionary<string, ObjectiveMeter> Meters => _meters;

    internal AlertRounds Alerts => _alerts;

    internal UserRhythm Users { get; } = new();

    internal string? UsersQuery => _plan.UsersQuery;

    /// <summary>How far the past is known; set by whoever fills it in.</summary>
    internal HistoryState History
    {
        get => Volatile.Read(ref _history);
        set
        {
            Volatile.Write(ref _history, value);
            _pastChanged = true;
        }
    }

    /// <inheritdoc/>
    public ObjectiveHistory? BurnDown(string key) => _meters.GetValueOrDefault(key)?.Draw(_source.Now, History.SimulatedUntil);

    /// <summary>Takes a round in and publishes what it makes of everything.</summary>
    internal void Take(SliRound round)
    {
        foreach (var meter in _meters.Values) meter.Take(round);
        _alerts.Take(round);
        Publish(round);
    }

    private void Publish(SliRound round)
    {
        ApplyMaintenance();
        if (_pastChanged)
        {
            _pastChanged = false;
            _compliance.Forget();
        }

        var staleAfter = SamplePace.StaleAfter(_source.Speed);
        var objectives = _meters.Values.Select(meter => meter.Assess(round.At, staleAfter))
            .OrderBy(objective => !objective.IsKnown).ThenBy(objective => objective.Assessment.Adjusted.RemainingShare)
            .ThenBy(objective => objective.Key, StringComparer.Ordinal).ToImmutableArray();
        var alerts = _alerts.Open(objectives);
        var users = _plan.UsersQuery is { } query
            ? Users.Take(round.At, SliAnswers.Figure(round[query]))
            : new UserFigures(null, null, "the catalog names no such figure");
        Volatile.Write(ref _current, new ObjectivesState(
            round.At, _clock.GetUtcNow(), SamplePace.WallInterval(_source.Speed), _source.IsSimulated, objectives, alerts, _alerts.Unknown,
            AlertRounds.Concerns(alerts, objectives), Month(round.At, objectives),
            new ExecutiveFigures(users, _outages?.Assess(_meters, round.At, staleAfter)), History));
    }

    private MonthState Month(DateTimeOffset now, ImmutableArray<ObjectiveState> objectives)
    {
        var month = new Period(SeriesPlan.UtcMonth.PeriodAt(now).StartAt, now);
        var unknown = objectives.ToDictionary(objective => objective.Key, objective => objective.Assessment.UnknownBecause, StringComparer.Ordinal);
        var compliance = MonthlyCompliance.Of(month, [.. _meters.Values.Select(meter => meter.Standing(unknown[meter.Facts.Key]))]);
        return new MonthState(compliance, Availability(unknown), _compliance.Take(_meters.Values, compliance, now));
    }

    private MonthAvailability? Availability(Dictionary<string, string?> unknown) =>
        _meters.GetValueOrDefault(SamplePace.PlatformAvailability) is { } meter
            ? new MonthAvailability(meter.Facts.Key, meter.MonthToDate().GoodShare, meter.Facts.Objective.Target, unknown[meter.Facts.Key])
            : null;

    private void ApplyMaintenance()
    {
        if (_maintenance.Version == _maintenanceVersion) return;
        _maintenanceVersion = _maintenance.Version;
        var windows = _maintenance.Windows;
        foreach (var service in _meters.Values.GroupBy(meter => meter.Facts.Slo.Service, StringComparer.Ordinal))
        {
            var exclusions = Domain.Maintenance.ExclusionPolicy.Standard.Decide(windows, service.Key);
            foreach (var meter in service) meter.Exclude(exclusions);
        }
    }
}

/// <summary>How often is sampled.</summary>
internal static class SamplePace
{
    /// <summary>The objective whose month stands beside monthly compliance.</summary>
    public const string PlatformAvailability = "platform-availability";

    /// <summary>Time between two samples by the source's clock, as long as the wall clock allows it.</summary>
    public static readonly TimeSpan SourceInterval = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Fastest = TimeSpan.FromMilliseconds(500);

    /// <summary>Wall time between two rounds.</summary>
    public static TimeSpan WallInterval(double speed) => SourceInterval / speed is var wall && wall > Fastest ? wall : Fastest;

    /// <summary>Age by the source's clock from which an answer no longer speaks for now.</summary>
    public static TimeSpan StaleAfter(double speed) => WallInterval(speed) * speed * SourceState<int>.StaleAfterIntervals;
}
