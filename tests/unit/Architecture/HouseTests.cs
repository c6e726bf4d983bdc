using System.Collections.Immutable;
using Cockpit.Domain.Health;
using Cockpit.Estate;
using Cockpit.Hosting;

namespace Cockpit.Tests.Architecture;

public sealed class HouseTests
{
    private const string Planted = "Cockpit.Tests.Architecture.Planted";

    private static readonly Lazy<ImmutableDictionary<TypeUse, ImmutableHashSet<TypeUse>>> House = new(() => TypeUses.Of(typeof(CockpitServer).Assembly)
        .AddRange(TypeUses.Of(typeof(PlatformHealth).Assembly)).AddRange(TypeUses.Of(typeof(SimulatedEstate).Assembly)));

    private static readonly Lazy<ImmutableDictionary<TypeUse, ImmutableHashSet<TypeUse>>> PlantedHouse = new(() => TypeUses.Of(typeof(HouseTests).Assembly));

    public static TheoryData<string> Sentences => [.. HouseRules.Of("Cockpit").Select(rule => rule.Sentence)];

    public static TheoryData<string, string[]> Breaches => new()
    {
        { "Domain refers to nothing but the base class library", ["Domain.Rule → Microsoft.Extensions.Logging.ILogger"] },
        { "Domain reaches no file, network, console, process, thread or clock", ["Domain.Rule → System.IO.File"] },
        { "Use cases refer to no screen, connector, storage or composition", ["UseCases.Handler → Components.Page"] },
        { "Live refers to no screen, connector, storage or composition", ["Live.Feed → Storage.Table"] },
        { "Connectors refer to no screen, storage or composition", ["Connectors.Source → Components.Page"] },
        { "Storage refers to no screen, connector or composition", ["Storage.Table → Components.Page"] },
        {
            "Nothing but screens and the composition refers to screens",
            ["Connectors.Source → Components.Page", "Security.Gate → Components.Page", "Storage.Table → Components.Page", "UseCases.Handler → Components.Page"]
        },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void House_keeps_its_rule(string sentence) => Assert.Empty(Rule("Cockpit", sentence).Breaches(House.Value));

    [Theory]
    [MemberData(nameof(Breaches))]
    public void Planted_breach_of_each_rule_is_found(string sentence, string[] breaches) => Assert.Equal(
        breaches, Rule(Planted, sentence).Breaches(PlantedHouse.Value).Select(breach => breach.Replace($"{Planted}.", "", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Every_rule_binds_somebody_in_the_house(string sentence) =>
        Assert.True(House.Value.Keys.Count(Rule("Cockpit", sentence).Binds) > 5, "The rule binds hardly anybody, so it proves nothing.");

    [Fact]
    public void Every_rule_has_a_planted_breach() =>
        Assert.Equal(((IEnumerable<object[]>)Sentences).Select(row => row[0]), ((IEnumerable<object[]>)Breaches).Select(row => row[0]));

    [Fact]
    public void Domain_project_references_no_package_that_ships()
    {
        var references = typeof(PlatformHealth).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

        Assert.All(references, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    private static HouseRule Rule(string root, string sentence) => HouseRules.Of(root).Single(rule => rule.Sentence == sentence);
}
