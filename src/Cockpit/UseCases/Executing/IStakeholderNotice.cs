using System.Collections.Immutable;

namespace Cockpit.UseCases.Executing;

/// <summary>A message to people who need to know.</summary>
/// <param name="Id">Id of the execution it belongs to, by which a receiver tells a repetition.</param>
/// <param name="To">Roles of the on-call plan.</param>
/// <param name="Severity">How urgent, in the catalog's word.</param>
/// <param name="Text">The message.</param>
public sealed record StakeholderNotice(string Id, ImmutableArray<string> To, string Severity, string Text);

/// <summary>Delivers a message to stakeholders over the ways that people are paged. Sent at most once.</summary>
public interface IStakeholderNotice
{
    /// <summary>Delivers the message.</summary>
    /// <returns>Where it went, in words.</returns>
    Task<TargetAnswer<string>> SendAsync(StakeholderNotice notice, CancellationToken cancellationToken);
}
