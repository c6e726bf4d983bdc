using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.UseCases.Executing.Checks;

/// <summary>Whether a Service keeps its clients with the pod that they reached first.</summary>
public sealed class StickinessCheck(IClusterObjects cluster) : ICheck
{
    private const string Parameter = "sessionAffinity";

    /// <inheritdoc/>
    public TargetKind Target => TargetKind.Service;

    /// <inheritdoc/>
    public async Task<TargetAnswer<ImmutableArray<CheckLine>>> AskAsync(ActionDefinition action, CancellationToken cancellationToken)
    {
        var wanted = action.Parameters.GetValueOrDefault(Parameter) ?? "ClientIP";
        return (await cluster.ReadServiceAsync(new ObjectName(action.Target.Namespace!, action.Target.Name), cancellationToken)).Select(service =>
            ImmutableArray.Create(
                new CheckLine(
                    service.SessionAffinity == wanted
                        ? $"Session affinity is {service.SessionAffinity}, as it should be."
                        : $"Session affinity is {service.SessionAffinity}; it should be {wanted}.",
                    service.SessionAffinity == wanted),
                new CheckLine($"It selects {string.Join(", ", service.Selector.Select(label => $"{label.Key}={label.Value}"))}.")));
    }
}
