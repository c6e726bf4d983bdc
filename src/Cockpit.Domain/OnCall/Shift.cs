namespace Cockpit.Domain.OnCall;

/// <summary>A stretch of time in which the answer to "who is on call" stays the same. Half-open.</summary>
/// <param name="Layer">Id of the layer.</param>
/// <param name="Person">Id of the person; null for a gap.</param>
/// <param name="From">First instant.</param>
/// <param name="Until">End, not included.</param>
/// <param name="Override">The override that makes it so; null when it is the rotation.</param>
public sealed record Shift(string Layer, string? Person, DateTimeOffset From, DateTimeOffset Until, OnCallOverride? Override);
