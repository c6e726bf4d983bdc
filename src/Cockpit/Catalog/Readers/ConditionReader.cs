using System.Collections.Immutable;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Slo;

namespace Cockpit.Catalog.Readers;

/// <summary>Reads conditions: on a figure, or a question to a person.</summary>
internal static class ConditionReader
{
    public static ImmutableArray<Condition> ReadAll(Fields owner, string field, Lookups lookups, bool required = true)
    {
        var conditions = owner.Each(field, fields => Read(fields, lookups), required, least: required ? 1 : 0);
        foreach (var twice in conditions.GroupBy(condition => condition.Id).Where(group => group.Count() > 1))
            owner.Wrong(field, $"has two conditions with the id '{twice.Key}'", "ids of their own");
        return conditions;
    }

    public static SignalCondition ReadSignal(Fields fields, Lookups lookups, bool withId = true)
    {
        var id = withId ? Ids.Read(fields, "id") : fields.OptionalText("id") ?? "";
        var label = withId ? fields.Text("label", 200) : fields.OptionalText("label", 200) ?? "";
        var signal = fields.Text("signal", 100);
        SignalNames.Refer(fields, "signal", signal, lookups);
        var comparison = fields.OneOf<Comparison>("is");
        var threshold = fields.Number("threshold");
        var unit = fields.OneOf<FigureUnit>("unit");
        CheckUnit(fields, signal, unit, lookups);
        return new SignalCondition(id, label, signal, comparison, threshold, unit, fields.OptionalSpan("for"), fields.OptionalText("ours"));
    }

    private static Condition Read(Fields fields, Lookups lookups)
    {
        if (!fields.Has("question")) return ReadSignal(fields, lookups);
        if (fields.Has("signal")) fields.Wrong("question", "stands beside signal", "either a signal or a question");
        return new HumanCondition(Ids.Read(fields, "id"), fields.Text("question", 200), fields.OptionalSpan("for"), fields.OptionalText("ours"));
    }

    private static void CheckUnit(Fields fields, string signal, FigureUnit unit, Lookups lookups)
    {
        var derived = DerivedFigure.All.FirstOrDefault(figure => figure.Id == signal);
        var known = derived?.Unit ?? lookups.UnitOf(SignalNames.BaseOf(signal));
        if (known is { } expected && fields.Has("unit") && expected != unit)
            fields.Wrong("unit", $"is not the unit of {signal}", Words.Word(expected.ToString()));
    }
}
