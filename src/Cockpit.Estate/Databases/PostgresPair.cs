using Cockpit.Domain.Health;
using Cockpit.Estate.Cluster;
using Cockpit.Estate.Signals;

namespace Cockpit.Estate.Databases;

/// <summary>
/// A PostgreSQL primary and its streaming replica. Replay stops while it is paused or while a long report needs old rows; reads
/// moved to the primary free the replica, so that the report ends and replay catches up.
/// </summary>
public sealed class PostgresPair
{
    /// <summary>The standby's name.</summary>
    public const string Replica = "postgres-replica-0";

    /// <summary>Connections the primary accepts.</summary>
    public const int MaxConnections = 200;
    private const double QuietWrites = 700_000;
    private const double BusyWrites = 1_800_000;
    private const double BurstFactor = 3;
    private const double ReplayCapacity = 80_000_000;
    private const double CaughtUpBytes = 1_000_000;
    private const double ReportSeconds = 1_800;
    private const double UncontendedSpeedUp = 25;
    private const double RoutingSeconds = 8;
    private const double ReadsPerSecond = 5_200;
    private const double CommitsPerSecond = 640;

    /// <summary>A real replica this close is level: a record may be on its way at any moment.</summary>
    private const double RealBytesLevel = 65_536;

    private static readonly TimeSpan RealPairsPause = TimeSpan.FromSeconds(3);

    private readonly EstateCluster _cluster;
    private readonly Drift _writes;
    private readonly Drift _latency;
    private readonly CommitTimeline _timeline = new();
    private readonly List<EstateSession> _sessions;
    private double _written = 97_541_668_680;
    private double _replayed = 97_541_668_680;
    private double _reportLeft;
    private DateTimeOffset? _reportSince;
    private double _replicaShare = 0.7;
    private double _load;
    private DateTimeOffset _now;
    private double? _realBytesBehind;
    private DateTimeOffset _currentAt;

    internal PostgresPair(Dice dice, EstateCluster cluster, DateTimeOffset startAt)
    {
        _cluster = cluster;
        _now = _currentAt = startAt;
        _writes = new Drift(dice, 0.08, 20);
        _latency = new Drift(dice, 0.03, 20);
        _sessions =
        [
            new(812, startAt.AddDays(-9), "walsender", "replicator", Replica, startAt.AddDays(-9), "START_REPLICATION"),
            new(977, startAt.AddMinutes(-14), "autovacuum worker", "", "", startAt.AddMinutes(-14), "autovacuum: VACUUM public.orders"),
            new(4211, startAt.AddHours(-2), "client backend", "analytics", "monthly-report", startAt.AddMinutes(-31), "SELECT portfolio, sum(amount) FROM orders GROUP BY 1"),
            new(4389, startAt.AddHours(-1), "client backend", "quantx", "trading", startAt.AddMinutes(-7), "UPDATE positions SET marked = ? WHERE book = ?"),
        ];
    }

    /// <summary>Seconds a read query takes.</summary>
    public LatencyHistogram Query { get; } = new(
        0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 3, 4, 5, 10);

    /// <summary>Seconds a commit takes on the primary.</summary>
    public LatencyHistogram Commit { get; } = new(0.002, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.25, 0.5, 1);

    /// <summary>Replay stopped by hand.</summary>
    public bool ReplayPaused { get; private set; }

    /// <summary>Age of the newest replayed commit while log waits; zero when caught up.</summary>
    public TimeSpan Behind { get; private set; }

    /// <summary>Log bytes written and not replayed.</summary>
    public double BytesBehind => _realBytesBehind ?? _written - _replayed;

    /// <summary>Share of reads that the replica answers.</summary>
    public double ReplicaShare => _replicaShare;

    /// <summary>How old the data is that risk-engine calculates on.</summary>
    public TimeSpan RiskDataAge => TimeSpan.FromSeconds(0.05) + (Behind * RiskReplicaShare());

    /// <summary>Connections that clients' pools hold and how many they may hold.</summary>
    public (double InUse, double Max) Pool => (30 + (70 * _load) + (25 * (1 - _replicaShare)), 160);

    /// <summary>Blocks found in memory and blocks read from disk, ever growing.</summary>
    public (double Hit, double Read) Blocks { get; private set; }

    public int ConnectionsUsed => (int)Math.Min(MaxConnections, 52 + (45 * _load) + (60 * (1 - _replicaShare)));

    internal bool ReportRuns => _reportSince is not null;

    public void PauseReplay() => ReplayPaused = true;

    public void ResumeReplay() => ReplayPaused = false;

    /// <summary>Ends the replica's longest query. False when there is nothing long to end.</summary>
    public bool TerminateLongestQuery()
    {
        var runs = ReportRuns;
        EndReport();
        return runs;
    }

    /// <summary>The primary's long sessions and those that the server keeps for itself.</summary>
    public IReadOnlyList<EstateSession> Sessions => _sessions;

    /// <summary>Ends a session of the primary. False when it is not there.</summary>
    public bool EndSession(int pid, DateTimeOffset startedAt) => _sessions.RemoveAll(session => session.Pid == pid && session.StartedAt == startedAt) > 0;

    public ReplicationReading Read() => new(
        false,
        [
            new StandbyReading(
                Replica, "streaming", (long)Math.Max(0, BytesBehind), Behind, ReplayPaused,
                _reportSince is { } since ? _now - since : TimeSpan.FromMilliseconds(180), null),
        ],
        ConnectionsUsed,
        MaxConnections);

    /// <summary>
    /// Takes over how far a real replica is behind. How old that makes what readers see counts from when it was last level, because a commit's
    /// age alone would call an idle pair old.
    /// </summary>
    /// <param name="bytes">Log bytes that are written and not replayed.</param>
    internal void Mirror(double bytes)
    {
        _realBytesBehind = Math.Max(0, bytes);
        if (bytes < RealBytesLevel) _currentAt = _now;
    }

    internal void StartReport(DateTimeOffset now)
    {
        _reportSince = now;
        _reportLeft = ReportSeconds;
    }

    internal void EndReport() => _reportSince = null;

    internal void Step(Moment moment)
    {
        _now = moment.Now;
        _load = moment.Load;
        _writes.Step(moment.Seconds);
        var wanted = ReadsGoToReplica() ? 0.7 : 0;
        _replicaShare += (wanted - _replicaShare) * (1 - Math.Exp(-moment.Seconds / RoutingSeconds));

        var rate = (QuietWrites + (BusyWrites * moment.Load)) * _writes.Factor * (ReportRuns ? BurstFactor : 1);
        _written += rate * moment.Seconds;
        _timeline.Add(_now, _written);
        if (ReportRuns)
        {
            _reportLeft -= moment.Seconds * (_replicaShare < 0.1 ? UncontendedSpeedUp : 1);
            if (_reportLeft <= 0) EndReport();
        }

        if (_realBytesBehind is not null)
        {
            Behind = _now - _currentAt < RealPairsPause ? TimeSpan.Zero : _now - _currentAt;
            return;
        }

        if (!ReplayPaused && !ReportRuns) _replayed = Math.Min(_written - (rate * 0.02), _replayed + (ReplayCapacity * moment.Seconds));
        Behind = BytesBehind < CaughtUpBytes ? TimeSpan.Zero : _now - (_timeline.WrittenAt(_replayed) ?? _now);
        if (Behind == TimeSpan.Zero && BytesBehind < CaughtUpBytes) _timeline.WrittenAt(_replayed);
    }

    internal void Count(Moment moment)
    {
        _latency.Step(moment.Seconds);
        var reads = ReadsPerSecond * (0.2 + moment.Load) * moment.Seconds;
        Query.Observe(reads * _replicaShare, ReplicaReadP95() * _latency.Factor);
        Query.Observe(reads * (1 - _replicaShare), PrimaryReadP95() * _latency.Factor);
        Blocks = (Blocks.Hit + (reads * 9.85), Blocks.Read + (reads * 0.15 * _latency.Factor));
        Commit.Observe(CommitsPerSecond * (0.2 + moment.Load) * moment.Seconds, (0.016 + (ReportRuns ? 0.012 : 0)) * _latency.Factor);
    }

    internal double ReplicaReadP95() => ReportRuns ? 2.9 : 0.038 + (0.01 * _load);

    internal double PrimaryReadP95() => 0.03 + (0.025 * ConnectionsUsed / MaxConnections) + (0.012 * _load);

    /// <summary>Read p95 as the mix of both servers.</summary>
    internal double ReadP95() => (_replicaShare * ReplicaReadP95()) + ((1 - _replicaShare) * PrimaryReadP95());

    private bool ReadsGoToReplica() => _cluster.Setting("database-config", "read_from_replica") != "false";

    private double RiskReplicaShare()
    {
        if (!ReadsGoToReplica()) return 0;
        return _cluster.Find(EstateCluster.Bondx, "risk-engine")!
            .ReadyShare(template => template.Environment.GetValueOrDefault("DB_READ_REPLICA") != "false");
    }
}
