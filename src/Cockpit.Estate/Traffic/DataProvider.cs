using Cockpit.Estate.Cluster;

namespace Cockpit.Estate.Traffic;

/// <summary>The market-data providers and how old their newest data is.</summary>
public sealed class DataProvider
{
    private const double SwitchSeconds = 15;

    private readonly Dice _dice;
    private readonly EstateCluster _cluster;
    private double _servedFor = SwitchSeconds;
    private bool _onBackup;

    internal DataProvider(Dice dice, EstateCluster cluster)
    {
        _dice = dice;
        _cluster = cluster;
    }

    internal bool PrimaryDown { get; set; }

    /// <summary>Seconds since a provider last delivered yield curves and ratings.</summary>
    public double AgeSeconds { get; private set; } = 4;

    /// <summary>Seconds from a quote's source to the platform.</summary>
    public double QuoteAgeSeconds { get; private set; } = 0.3;

    /// <summary>Whether prices come from the mock.</summary>
    public bool Mocked => _cluster.Setting("data-provider-config", "mock_data") == "true";

    /// <summary>Whether anything delivers.</summary>
    public bool Delivers { get; private set; } = true;

    internal void FailPrimary(TimeSpan ago)
    {
        PrimaryDown = true;
        AgeSeconds += ago.TotalSeconds;
    }

    internal void Step(Moment moment)
    {
        var backup = _cluster.Setting("data-provider-config", "primary_provider") == "backup";
        if (backup != _onBackup)
        {
            _onBackup = backup;
            _servedFor = 0;
        }

        _servedFor += moment.Seconds;
        Delivers = Mocked || (_servedFor >= SwitchSeconds && (backup || !PrimaryDown));
        AgeSeconds += moment.Seconds;
        if (Delivers && (AgeSeconds > 12 || _dice.Strikes(moment.Seconds, 5))) AgeSeconds = _dice.Between(0.4, 1.5);
        QuoteAgeSeconds = Delivers ? 0.22 + (0.25 * moment.Load) + _dice.Between(0, 0.12) : QuoteAgeSeconds + moment.Seconds;
    }
}
