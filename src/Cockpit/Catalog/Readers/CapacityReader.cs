using Cockpit.Catalog.Reading;
using Cockpit.Domain.Capacity;
using Cockpit.Domain.Cards;

namespace Cockpit.Catalog.Readers;

/// <summary>Reads <c>capacity.yaml</c>.</summary>
internal static class CapacityReader
{
    public static CapacityPlan Read(Fields file, Lookups lookups)
    {
        var plan = new CapacityPlan(
            file.Each("figures", fields => Figure(fields, lookups), least: 1), file.Each("growth", fields => Growth(fields, lookups)),
            file.Each("data-growth", Data), file.Each("scaling", fields => Trigger(fields, lookups)), Storage(file, lookups),
            file.Each("utilisation", fields => Utilisation(fields, lookups)), file.Texts("policies", required: false));
        file.Done();
        return plan;
    }

    private static CapacityFigure Figure(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("capacity figure", id, fields, "id");
        var signal = fields.OptionalText("signal", 100);
        SignalNames.Refer(fields, "signal", signal, lookups);
        var value = fields.Number("value", 0, 1e15);
        if (value == 0 && fields.Has("value")) fields.Wrong("value", "is zero", "a number above zero");
        return new CapacityFigure(id, fields.Text("title", 120), value, fields.OneOf<FigureUnit>("unit"), signal, fields.OptionalText("ours"));
    }

    private static GrowthProjection Growth(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("growth projection", id, fields, "id");
        var figure = fields.OptionalText("figure", 63);
        lookups.Refer("capacity figure", figure, fields, "figure");
        return new GrowthProjection(
            id, fields.Text("title", 120), fields.Number("monthly-rate", -0.9, 10), fields.OptionalNumber("peak-concurrent-ratio", 0, 1),
            fields.OptionalNumber("peak-to-average", 1, 1000), figure);
    }

    private static DataGrowth Data(Fields fields) =>
        new(Ids.Read(fields, "id"), fields.Text("title", 120), fields.Number("gigabytes-per-month", 0, 1e9));

    private static ScalingTrigger Trigger(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("scaling trigger", id, fields, "id");
        var trigger = new ScalingTrigger(
            id, fields.Text("title", 120), Condition(fields, "scale-up", lookups), Condition(fields, "scale-down", lookups),
            fields.Whole("min-replicas", 0, 10_000), fields.Whole("max-replicas", 1, 10_000));
        if (trigger.MaxReplicas < trigger.MinReplicas && fields.Has("max-replicas")) fields.Wrong("max-replicas", "is below min-replicas", "at least min-replicas");
        if (trigger.ScaleUp.HoldsAt(trigger.ScaleDown.Threshold) && fields.Has("scale-down")) fields.Wrong("scale-down", "is not below the threshold that scales up", "a lower threshold");
        return trigger;
    }

    private static StorageExpansion Storage(Fields owner, Lookups lookups)
    {
        if (owner.Child("storage") is not { } fields) return new StorageExpansion(Nothing, 0, 0);
        var storage = new StorageExpansion(Condition(fields, "expand-when", lookups), fields.Number("increment", 0.001, 10), fields.Number("max-bytes", 1, 1e18));
        fields.Done();
        return storage;
    }

    private static UtilisationTarget Utilisation(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("utilisation target", id, fields, "id");
        var signal = fields.OptionalText("signal", 100);
        SignalNames.Refer(fields, "signal", signal, lookups);
        var low = fields.Number("low", 0, 1);
        var high = fields.Number("high", 0, 1);
        if (high <= low && fields.Has("high")) fields.Wrong("high", "is not above low", "a number above low, at most 1");
        return new UtilisationTarget(id, fields.Text("title", 120), low, high, signal);
    }

    private static SignalCondition Condition(Fields owner, string name, Lookups lookups)
    {
        if (owner.Child(name) is not { } fields) return Nothing;
        var condition = ConditionReader.ReadSignal(fields, lookups);
        fields.Done();
        return condition;
    }

    private static SignalCondition Nothing => new("", "", "", default, 0, default);
}
