namespace Cockpit.Estate;

/// <summary>One step of simulated time.</summary>
/// <param name="Now">The instant at the step's end.</param>
/// <param name="Seconds">The step's length.</param>
/// <param name="Load">Share of the daily peak, in [0.25, 1].</param>
internal readonly record struct Moment(DateTimeOffset Now, double Seconds, double Load);
