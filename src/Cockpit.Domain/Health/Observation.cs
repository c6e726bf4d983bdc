namespace Cockpit.Domain.Health;

/// <summary>A value together with when it was true and who said so.</summary>
/// <param name="Value">What was observed.</param>
/// <param name="ObservedAt">The instant at which the source held the value to be true.</param>
/// <param name="Source">The source's name as a person knows it, for example "Prometheus".</param>
public sealed record Observation<T>(T Value, DateTimeOffset ObservedAt, string Source);
