using System.Collections.Immutable;
using Cockpit.Domain.Runbooks;

namespace Cockpit.UseCases.Guiding;

/// <summary>What there is to read: the runbooks kept here, the index of all there are, and the commands engineers know by heart.</summary>
/// <param name="Runbooks">Those whose text is in the catalog, by number.</param>
/// <param name="Index">All of them, those kept elsewhere included.</param>
/// <param name="Commands">The common commands and what does the same here.</param>
public sealed record RunbookShelf(ImmutableArray<Runbook> Runbooks, ImmutableArray<RunbookIndexEntry> Index, ImmutableArray<CommandGroup> Commands)
{
    /// <summary>The runbook of that id, or null.</summary>
    public Runbook? Find(string id) => Runbooks.FirstOrDefault(runbook => runbook.Id == id);
}
