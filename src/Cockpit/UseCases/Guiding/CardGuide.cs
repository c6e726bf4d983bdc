using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.UseCases.Guiding;

/// <summary>What stands beside a card: the units of the figures it shows, and who is asked when it does not help.</summary>
/// <param name="Units">The unit of every signal and derived figure, by id.</param>
/// <param name="Scenarios">The escalation by scenario, by the scenario's id.</param>
public sealed record CardGuide(ImmutableDictionary<string, FigureUnit> Units, ImmutableDictionary<string, GuideScenario> Scenarios)
{
    /// <summary>The unit of a figure; of <c>id{value}</c> that of <c>id</c>.</summary>
    public FigureUnit UnitOf(string figure)
    {
        var brace = figure.IndexOf('{', StringComparison.Ordinal);
        return Units.GetValueOrDefault(brace < 0 ? figure : figure[..brace], FigureUnit.Count);
    }
}

/// <summary>Who is asked in a scenario.</summary>
/// <param name="Title">What a person calls the scenario.</param>
/// <param name="Steps">The roles in order.</param>
public sealed record GuideScenario(string Title, ImmutableArray<GuideStep> Steps);

/// <summary>One step of an escalation.</summary>
/// <param name="After">Time since the start; zero for the first responder.</param>
/// <param name="Role">Id of the role.</param>
public sealed record GuideStep(TimeSpan After, string Role);
