namespace Cockpit.Estate.Traffic;

/// <summary>What people do with the platform.</summary>
public sealed class Business
{
    private const double PeakUsers = 8_400;

    private readonly SimulatedEstate _estate;
    private readonly Drift _users;
    private readonly Drift _orders;

    internal Business(Dice dice, SimulatedEstate estate)
    {
        _estate = estate;
        _users = new Drift(dice, 0.012, 120);
        _orders = new Drift(dice, 0.05, 20);
    }

    public double ActiveUsers { get; private set; }

    public double TradingSessions { get; private set; }

    public double PortfolioCalculations { get; private set; }

    public double LoginsSucceeded { get; private set; }

    public double LoginsFailed { get; private set; }

    public double OrdersAccepted { get; private set; }

    public double OrdersFailed { get; private set; }

    public double MarketDataUpdates { get; private set; }

    internal void Count(Moment moment)
    {
        _users.Step(moment.Seconds);
        _orders.Step(moment.Seconds);
        ActiveUsers = PeakUsers * moment.Load * _users.Factor;
        TradingSessions = ActiveUsers * 0.31 * (1 - (0.6 * _estate.Services["trading"].Failing));
        PortfolioCalculations += TradingSessions * 1.7 / 60 * (1 - _estate.Services["risk-engine"].Failing) * moment.Seconds;

        var logins = ActiveUsers / 900 * moment.Seconds;
        var denied = Math.Min(1, 0.004 + _estate.Services["user"].Failing);
        LoginsSucceeded += logins * (1 - denied);
        LoginsFailed += logins * denied;

        var orders = TradingSessions * 0.11 * _orders.Factor * moment.Seconds;
        var failed = Math.Min(1, 0.0004 + _estate.Services["trading"].Failing);
        OrdersAccepted += orders * (1 - failed);
        OrdersFailed += orders * failed;
        if (_estate.Provider.Delivers) MarketDataUpdates += 62_000 * moment.Load * _users.Factor * moment.Seconds;
    }
}
