using System.Collections.Immutable;

namespace Cockpit.Domain.Cards;

/// <summary>Something to look into once the immediate actions are under way.</summary>
/// <param name="Look">What to do, as an imperative sentence.</param>
/// <param name="Figures">Ids of the signals or derived figures that answer it in part; empty when only a person can.</param>
/// <param name="Changes">True when what changed lately on the platform belongs to the answer.</param>
public sealed record InvestigationStep(string Look, ImmutableArray<string> Figures, bool Changes);
