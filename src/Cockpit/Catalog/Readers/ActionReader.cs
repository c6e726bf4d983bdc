using System.Collections.Immutable;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Cards;
using Cockpit.UseCases.Executing.Targets;

namespace Cockpit.Catalog.Readers;

/// <summary>Reads guarded actions.</summary>
internal static class ActionReader
{
    private static readonly ImmutableHashSet<string> BuiltIn = ["namespace", "target", "container", "replicas", "pid", "backend_start", "uid", "revision", "mark"];

    public static ImmutableArray<ActionDefinition> ReadAll(Fields owner, string ownerId, Lookups lookups, bool required = true)
    {
        return owner.Each("actions", fields => Read(fields, ownerId, lookups), required);
    }

    private static ActionDefinition Read(Fields fields, string ownerId, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("action", $"{ownerId}/{id}", fields, "id");
        var title = fields.Text("title", 120);
        var kind = fields.OneOf<ActionKind>("kind");
        var target = Target(fields);
        var parameters = fields.TextsByName("parameters");
        var inputs = fields.Each("inputs", Input, required: false);
        var risk = fields.OneOf<ActionRisk>("risk");
        var relief = Relief(fields, risk);
        var lease = fields.OptionalSpan("lease");
        if (lease == TimeSpan.Zero) fields.Wrong("lease", "is zero", Durations.Accepted);
        var bounds = Bounds(fields);
        var action = new ActionDefinition(
            id, title, kind, target, parameters, inputs, risk, relief, lease,
            fields.OneOf<ReadBack>("read-back"), fields.OneOf<DryRun>("dry-run"), bounds, fields.OptionalSpan("cooldown") ?? TimeSpan.Zero,
            Guards(fields), fields.Text("effect", 300), Effect(fields, id, lookups), fields.Text("blast-radius", 300),
            fields.OptionalText("inverse", 300), fields.Text("command", 1000));
        ActionRules.Check(fields, action);
        if (action.Kind == ActionKind.Notify) lookups.Refer("role", People.RolesOf(action), fields, action.Parameters.ContainsKey(People.To) ? "parameters" : "target");
        var known = BuiltIn.Union(parameters.Keys).Union(inputs.Select(input => input.Name));
        CheckPlaceholders(fields, "command", action.Command, known);
        CheckPlaceholders(fields, "target", target.Name, known);
        foreach (var (name, value) in parameters) CheckPlaceholders(fields, "parameters", value, known.Remove(name).Union(inputs.Select(input => input.Name)));
        return action;
    }

    private static ActionTarget Target(Fields owner)
    {
        if (owner.Child("target") is not { } fields) return new ActionTarget(default, null, "", null);
        var kind = fields.OneOf<TargetKind>("kind");
        var @namespace = fields.OptionalText("namespace", 63);
        var name = fields.Text("name", 253);
        var container = fields.OptionalText("container", 63);
        if (kind is TargetKind.Deployment or TargetKind.ConfigMap or TargetKind.Service or TargetKind.Pod && !fields.Has("namespace"))
            fields.Missing("namespace", "the namespace, always explicit");
        Ids.CheckName(fields, "namespace", @namespace);
        if (kind != TargetKind.People && name.Length > 0) Ids.CheckName(fields, "name", name);
        fields.Done();
        return new ActionTarget(kind, @namespace, name, container);
    }

    private static ActionInput Input(Fields fields) =>
        new(Ids.Read(fields, "name"), fields.Text("question", 200), fields.OneOf<InputKind>("kind"));

    private static RiskRelief? Relief(Fields owner, ActionRisk risk)
    {
        if (owner.Child("relief", required: false) is not { } fields) return null;
        var relief = new RiskRelief(fields.OneOf<RiskCircumstance>("when"), fields.OneOf<ActionRisk>("risk"));
        if (fields.Has("risk") && relief.Risk >= risk) fields.Wrong("risk", "is no relief", "a risk below the action's own");
        fields.Done();
        return relief;
    }

    private static ActionBounds? Bounds(Fields owner)
    {
        if (owner.Child("bounds", required: false) is not { } fields) return null;
        var min = fields.Number("min", 0, 1e9);
        var max = fields.Number("max", 0, 1e9);
        fields.Done();
        if (max >= min) return new ActionBounds(min, max);
        fields.Wrong("max", "is below min", "at least min");
        return null;
    }

    private static ImmutableArray<ActionGuard> Guards(Fields owner)
    {
        var guards = ImmutableArray.CreateBuilder<ActionGuard>();
        foreach (var (node, path) in owner.Items("guards", required: false))
        {
            if (node is Scalar scalar && Words.TryParse<ActionGuard>(scalar.Text, out var guard)) guards.Add(guard);
            else owner.Findings.Add(node.Mark, path, "is no guard", Words.Of<ActionGuard>());
        }

        return guards.ToImmutable();
    }

    private static SignalCondition? Effect(Fields owner, string action, Lookups lookups)
    {
        if (owner.Child("expected", required: false) is not { } fields) return null;
        var condition = ConditionReader.ReadSignal(fields, lookups, withId: false);
        fields.Done();
        return new SignalCondition(
            $"{action}.expected", condition.Label.Length > 0 ? condition.Label : owner.OptionalText("effect") ?? "", condition.Signal,
            condition.Comparison, condition.Threshold, condition.Unit, condition.For, condition.Ours);
    }

    private static void CheckPlaceholders(Fields fields, string field, string text, ImmutableHashSet<string> known)
    {
        foreach (var name in Placeholders.NamesIn(text))
            if (!known.Contains(name)) fields.Wrong(field, $"refers to '{{{name}}}', which nothing supplies", string.Join(", ", known.Order(StringComparer.Ordinal)));
    }
}
