namespace Cockpit.Estate;

/// <summary>
/// The two platforms, simulated: seeded, causal, and moved only by <see cref="Advance"/> in fixed ticks. Everything inside is
/// reached through <see cref="With{T}"/>, one caller at a time; nothing mutable may leave it.
/// </summary>
public sealed class EstateSimulation
{
    /// <summary>The length of one step.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    // Rates look back one minute: without a lived past a fresh estate would have none to show.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly SimulatedEstate _estate;

    public EstateSimulation(ulong seed, DateTimeOffset startAt)
    {
        _estate = new SimulatedEstate(seed, startAt - WarmUp);
        AdvanceTo(startAt);
    }

    /// <summary>The simulated instant reached.</summary>
    public DateTimeOffset Now
    {
        get { lock (_lock) return _estate.Now; }
    }

    /// <summary>Moves on by the whole ticks in <paramref name="by"/>.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_lock) AdvanceTo_NeedsLock(_estate.Now + by);
    }

    /// <summary>Moves on to the last whole tick at or before <paramref name="instant"/>; an earlier instant changes nothing.</summary>
    public void AdvanceTo(DateTimeOffset instant)
    {
        lock (_lock) AdvanceTo_NeedsLock(instant);
    }

    /// <summary>Reads or changes the estate with nobody else inside.</summary>
    public T With<T>(Func<SimulatedEstate, T> use)
    {
        lock (_lock) return use(_estate);
    }

    /// <summary>Changes the estate with nobody else inside.</summary>
    public void With(Action<SimulatedEstate> use)
    {
        lock (_lock) use(_estate);
    }

    private void AdvanceTo_NeedsLock(DateTimeOffset instant)
    {
        while (_estate.Now + Tick <= instant) _estate.Step(Tick);
    }
}
