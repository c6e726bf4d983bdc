namespace Cockpit.UseCases.Drilling;

/// <summary>Something a drill can break.</summary>
/// <param name="Id">Its name, for example <c>replica-lag</c>.</param>
/// <param name="Summary">One sentence on what it does.</param>
/// <param name="InjectedAt">Since when it is on, by the estate's own clock; null when it is off.</param>
public sealed record Drill(string Id, string Summary, DateTimeOffset? InjectedAt);

/// <summary>What the simulated estate is doing.</summary>
/// <param name="Drills">Every drill, on or off.</param>
/// <param name="Speed">Simulated seconds a real second, in [1, 120].</param>
/// <param name="Now">The instant by the estate's own clock.</param>
public sealed record DrillsState(IReadOnlyList<Drill> Drills, double Speed, DateTimeOffset Now);

/// <summary>Breaks and mends the simulated estate on purpose. There is none in live mode.</summary>
public interface IDrills
{
    /// <summary>What is on, and how fast time runs.</summary>
    DrillsState Read();

    /// <summary>Turns a drill on; one that is on stays as it is. False when there is none of that name.</summary>
    bool Inject(string id);

    /// <summary>Takes a drill's cause away; what it has done heals at its own pace. False when there is none of that name.</summary>
    bool Clear(string id);

    /// <summary>Sets how fast the estate's time runs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The speed is outside [1, 120].</exception>
    void SetSpeed(double speed);
}
