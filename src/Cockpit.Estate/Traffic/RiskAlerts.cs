using System.Globalization;
using Cockpit.Estate.Cluster;

namespace Cockpit.Estate.Traffic;

/// <summary>Alerts that the risk engine raises, after its threshold and its rate limit.</summary>
public sealed class RiskAlerts
{
    private const double QuietPerMinute = 6;
    private const double StormPerMinute = 900;
    private const double SettlingSeconds = 20;

    private readonly EstateCluster _cluster;
    private readonly Drift _drift;
    private double _breachesPerMinute = QuietPerMinute;

    internal RiskAlerts(Dice dice, EstateCluster cluster)
    {
        _cluster = cluster;
        _drift = new Drift(dice, 0.1, 30);
    }

    internal bool Storm { get; set; }

    /// <summary>Alerts raised so far.</summary>
    public double Total { get; private set; }

    /// <summary>Limit breaches the engine has to evaluate for each replica, a minute; what slows it.</summary>
    internal double BreachesPerReplica { get; private set; }

    internal void Count(Moment moment)
    {
        _drift.Step(moment.Seconds);
        var raw = (Storm ? StormPerMinute : QuietPerMinute * (0.5 + moment.Load)) * _drift.Factor;
        var multiplier = Math.Max(1, Number("alert_threshold_multiplier", 1));
        _breachesPerMinute += (raw / Math.Pow(multiplier, 2.5) - _breachesPerMinute) * (1 - Math.Exp(-moment.Seconds / SettlingSeconds));
        BreachesPerReplica = _breachesPerMinute / Math.Max(1, _cluster.Find(EstateCluster.Bondx, "risk-engine")!.ReadyReplicas);
        Total += Math.Min(_breachesPerMinute, Number("max_alerts_per_minute", 1000)) / 60 * moment.Seconds;
    }

    private double Number(string key, double otherwise) =>
        double.TryParse(_cluster.Setting("risk-config", key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0
            ? value
            : otherwise;
}
