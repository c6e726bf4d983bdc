using System.Collections.Immutable;

namespace Cockpit.UseCases.Executing;

/// <summary>One line of what a check found.</summary>
/// <param name="Text">The finding.</param>
/// <param name="Good">Whether it is as it should be; null for a line that only informs.</param>
public sealed record CheckLine(string Text, bool? Good = null);

/// <summary>How a check ended. It reads and changes nothing.</summary>
/// <param name="At">When.</param>
/// <param name="Lines">What was found, or the one line that says why nothing was.</param>
public sealed record CheckAnswer(DateTimeOffset At, ImmutableArray<CheckLine> Lines);
