using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Cards;

namespace Cockpit.UseCases.Executing.Checks;

/// <summary>The last lines of a pod's log, secrets masked.</summary>
public sealed class LogCheck(IClusterObjects cluster) : ICheck
{
    private const int Lines = 100;
    private const int AtMost = 500;

    /// <inheritdoc/>
    public TargetKind Target => TargetKind.Pod;

    /// <inheritdoc/>
    public async Task<TargetAnswer<ImmutableArray<CheckLine>>> AskAsync(ActionDefinition action, CancellationToken cancellationToken)
    {
        var lines = action.Parameters.TryGetValue("tail", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var tail)
            ? Math.Clamp(tail, 1, AtMost) : Lines;
        return (await cluster.ReadLogAsync(new ObjectName(action.Target.Namespace!, action.Target.Name), lines, cancellationToken)).Select(log =>
            log.IsEmpty ? [new CheckLine("The log is empty.")] : ImmutableArray.CreateRange(log.Select(line => new CheckLine(SecretMask.Of(line)))));
    }
}
