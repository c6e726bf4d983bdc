using Cockpit.Domain.Cards;

namespace Cockpit.Catalog;

/// <summary>A named figure that a query yields.</summary>
/// <param name="Id">Id, for example <c>websocket.connections</c>.</param>
/// <param name="PromQl">An instant query that yields one sample, or one a label value.</param>
/// <param name="ByLabel">The label that splits the answer; null when one sample is expected.</param>
/// <param name="UnitName">Its unit as the file writes it, for example <c>1/min</c> or <c>connections</c>.</param>
/// <param name="Unit">The unit in which thresholds on it are stored.</param>
public sealed record SignalDefinition(string Id, string PromQl, string? ByLabel, string UnitName, FigureUnit Unit);
