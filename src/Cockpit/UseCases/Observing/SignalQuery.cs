namespace Cockpit.UseCases.Observing;

/// <summary>A named figure and the PromQL that yields it.</summary>
/// <param name="Id">The signal's id, for example <c>websocket.connections</c>.</param>
/// <param name="PromQl">An instant query that yields one sample, or one a label value.</param>
/// <param name="ByLabel">The label that splits the answer, or null when one sample is expected.</param>
public sealed record SignalQuery(string Id, string PromQl, string? ByLabel);
