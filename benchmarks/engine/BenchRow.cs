namespace Cockpit.EngineBench;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">The figure with its unit.</param>
/// <param name="Budget">What it is held against; empty when it only informs.</param>
/// <param name="Ratio">Measured over budget, or over the row it is compared with.</param>
/// <param name="IsKept">False when a budget is broken.</param>
internal sealed record BenchRow(string What, string Measured, string Budget, string Ratio, bool IsKept = true);
