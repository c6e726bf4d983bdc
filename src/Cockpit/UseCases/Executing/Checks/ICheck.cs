using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.UseCases.Executing.Checks;

/// <summary>Reads one kind of target and says what it found.</summary>
public interface ICheck
{
    /// <summary>The kind of target.</summary>
    TargetKind Target { get; }

    /// <summary>Reads the target now; changes nothing.</summary>
    Task<TargetAnswer<ImmutableArray<CheckLine>>> AskAsync(ActionDefinition action, CancellationToken cancellationToken);
}
