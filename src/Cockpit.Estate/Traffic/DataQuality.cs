namespace Cockpit.Estate.Traffic;

/// <summary>Checks of the platform's own data, counted by whether they pass.</summary>
public sealed class DataQuality
{
    private readonly SimulatedEstate _estate;
    private readonly Drift _drift;

    private readonly QualityCheck[] _checks =
    [
        new("market", "price-accuracy", 400, 0.00002), new("market", "completeness", 400, 0.0001), new("market", "historical-integrity", 5, 0),
        new("portfolio", "valuation-accuracy", 60, 0.00002), new("portfolio", "position-reconciliation", 20, 0.0002),
        new("portfolio", "transaction-recording", 60, 0.0001), new("portfolio", "pnl-accuracy", 60, 0.00002),
        new("risk", "calculation-accuracy", 30, 0.0001), new("risk", "model-update", 0.1, 0), new("risk", "stress-test-coverage", 5, 0.01),
        new("risk", "regulatory-reporting", 0.05, 0), new("analytics", "calculation-accuracy", 40, 0.00002),
    ];

    internal DataQuality(Dice dice, SimulatedEstate estate)
    {
        _estate = estate;
        _drift = new Drift(dice, 0.1, 60);
    }

    public IReadOnlyList<QualityCheck> Checks => _checks;

    internal void Count(Moment moment)
    {
        _drift.Step(moment.Seconds);
        var withoutProvider = _estate.Provider.Delivers ? 0 : 0.6;
        var stale = _estate.Postgres.RiskDataAge > TimeSpan.FromSeconds(5) ? 0.05 : 0;
        foreach (var check in _checks)
        {
            var trouble = check switch
            {
                { Domain: "market", Check: "completeness" } => withoutProvider,
                { Domain: "risk", Check: "calculation-accuracy" } => stale,
                _ => 0,
            };
            check.Count(check.PerSecond * (0.4 + (0.6 * moment.Load)) * moment.Seconds, Math.Min(1, (check.Failing * _drift.Factor) + trouble));
        }
    }
}

/// <summary>One kind of check.</summary>
public sealed class QualityCheck(string domain, string check, double perSecond, double failing)
{
    public string Domain => domain;

    public string Check => check;

    public double Passed { get; private set; }

    public double Failed { get; private set; }

    internal double PerSecond => perSecond;

    internal double Failing => failing;

    internal void Count(double checks, double failingShare)
    {
        Failed += checks * failingShare;
        Passed += checks * (1 - failingShare);
    }
}
