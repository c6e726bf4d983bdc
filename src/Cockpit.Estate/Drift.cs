namespace Cockpit.Estate;

/// <summary>Slow noise around 1: a first-order autoregression, so that neighbouring values resemble each other as real ones do.</summary>
internal sealed class Drift(Dice dice, double deviation, double memorySeconds)
{
    private double _offset;

    public double Factor => 1 + _offset;

    public void Step(double seconds)
    {
        var keep = Math.Exp(-seconds / memorySeconds);
        _offset = (_offset * keep) + (deviation * Math.Sqrt(1 - (keep * keep)) * dice.Bell());
    }
}
