using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.OnCall;

namespace Cockpit.Catalog.Readers;

/// <summary>Reads <c>on-call.yaml</c> and <c>escalation.yaml</c>.</summary>
internal static class PeopleReader
{
    public static OnCallPlan ReadOnCall(Fields file, Lookups lookups)
    {
        var plan = new OnCallPlan(
            Rotation(file), Hours(file, "business-hours"), file.Each("layers", fields => Layer(fields, lookups), least: 1),
            file.Each("roles", fields => Role(fields, lookups), least: 1), file.Each("people", fields => Person(fields, lookups), least: 1));
        file.Done();
        return plan;
    }

    public static EscalationPlan ReadEscalation(Fields file, Lookups lookups)
    {
        var plan = new EscalationPlan(
            file.Each("severities", fields => Severity(fields, lookups), least: 1), file.Each("levels", fields => Level(fields, lookups), least: 1),
            file.Each("scenarios", fields => Scenario(fields, lookups), least: 1));
        for (var index = 0; index < plan.Levels.Length; index++)
            if (plan.Levels[index].Number != index + 1) file.Wrong("levels", $"level {plan.Levels[index].Number} stands at place {index + 1}", "levels in order from 1");
        for (var index = 1; index < plan.Levels.Length; index++)
            if (plan.Levels[index].After is { } after && plan.Levels[index - 1].Until is { } until && after != until)
                file.Wrong("levels", $"level {index + 1} starts at {Durations.Format(after)} and the one before ends at {Durations.Format(until)}", "levels without a gap");
        file.Done();
        return plan;
    }

    public static BusinessHours Hours(Fields owner, string name)
    {
        if (owner.Child(name) is not { } fields) return new BusinessHours([], default, default, TimeZoneInfo.Utc, null);
        var days = ImmutableArray.CreateBuilder<DayOfWeek>();
        foreach (var (node, path) in fields.Items("days", least: 1))
        {
            if (node is Scalar scalar && Words.TryParse<DayOfWeek>(scalar.Text, out var day) && !days.Contains(day)) days.Add(day);
            else fields.Findings.Add(node.Mark, path, "is no day, or given twice", Words.Of<DayOfWeek>());
        }

        var hours = new BusinessHours(days.ToImmutable(), Dates.Time(fields, "from"), Dates.Time(fields, "until"), Dates.Zone(fields, "time-zone"), fields.OptionalText("ours"));
        if (hours.Until <= hours.From) fields.Wrong("until", "is not after from", "a later time of the same day");
        fields.Done();
        return hours;
    }

    private static RotationRule Rotation(Fields owner)
    {
        if (owner.Child("rotation") is not { } fields) return new RotationRule(default, default, default, TimeZoneInfo.Utc, default, default, "");
        var length = fields.Span("length");
        if (length <= TimeSpan.Zero && fields.Has("length")) fields.Wrong("length", "is not above zero", Durations.Accepted);
        var rule = new RotationRule(
            length, fields.OneOf<DayOfWeek>("handoff-day"), Dates.Time(fields, "handoff-at"), Dates.Zone(fields, "time-zone"),
            Dates.Read(fields, "starts-on"), fields.Span("handoff-meeting"), fields.Text("handoff-requires", 63));
        if (fields.Has("starts-on") && fields.Has("handoff-day") && rule.StartsOn.DayOfWeek != rule.HandoffDay)
            fields.Wrong("starts-on", $"is a {rule.StartsOn.DayOfWeek}", $"a {rule.HandoffDay}");
        fields.Done();
        return rule;
    }

    private static OnCallLayer Layer(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("layer", id, fields, "id");
        var people = fields.Texts("people", least: 1);
        lookups.Refer("person", people, fields, "people");
        return new OnCallLayer(id, fields.Text("title", 80), fields.OneOf<Coverage>("coverage"), people);
    }

    private static RoleAssignment Role(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("role", id, fields, "id");
        var layer = fields.OptionalText("layer", 63);
        var person = fields.OptionalText("person", 63);
        lookups.Refer("layer", layer, fields, "layer");
        lookups.Refer("person", person, fields, "person");
        if (fields.Has("layer") == fields.Has("person")) fields.Findings.Add(fields.Mark, fields.Path, fields.Has("layer") ? "names a layer and a person" : "names nobody", "either layer or person");
        return new RoleAssignment(id, fields.Text("title", 80), layer, person);
    }

    private static OnCallPerson Person(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("person", id, fields, "id");
        var role = fields.Text("role", 63);
        lookups.Refer("role", role, fields, "role");
        var person = new OnCallPerson(id, fields.Text("name", 80), role, fields.Has("time-zone") ? Dates.Zone(fields, "time-zone").Id : null);
        return fields.Has("notify") ? person with { Order = fields.Each("notify", ContactStep, least: 1) } : person;
    }

    private static ContactStep ContactStep(Fields fields)
    {
        var step = new ContactStep(fields.OneOf<ContactChannel>("channel"), fields.OptionalSpan("after") ?? TimeSpan.Zero);
        if (step.After < TimeSpan.Zero) fields.Wrong("after", "lies before the page", "0s or later");
        return step;
    }

    private static SeverityRule Severity(Fields fields, Lookups lookups)
    {
        var id = fields.Text("id", 2);
        if (id.Length > 0 && id is not ("P1" or "P2" or "P3" or "P4")) fields.Wrong("id", $"'{Fields.Shown(id)}' is not accepted", "P1, P2, P3, P4");
        lookups.Declare("severity", id, fields, "id");
        return new SeverityRule(
            id, fields.Text("title", 80), fields.OptionalText("alert-severity", 40), fields.Span("acknowledge-within"), fields.Span("respond-within"),
            fields.OptionalText("ours"));
    }

    private static EscalationLevel Level(Fields fields, Lookups lookups)
    {
        var role = fields.Text("role", 63);
        lookups.Refer("role", role, fields, "role");
        var level = new EscalationLevel(
            fields.Whole("level", 1, 9), fields.Text("title", 80), role, fields.OptionalSpan("after"), fields.OptionalSpan("until"),
            fields.OptionalSpan("acknowledge-within"), fields.Texts("duties", least: 1), fields.OptionalText("escalate-when", 200));
        if (level.After >= level.Until) fields.Wrong("until", "is not after the level's start", "a longer time than after");
        return level;
    }

    private static EscalationScenario Scenario(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("scenario", id, fields, "id");
        var steps = fields.Each("steps", step => Step(step, lookups), least: 1);
        for (var index = 0; index < steps.Length; index++)
        {
            if (index == 0 ? steps[0].After != TimeSpan.Zero : steps[index].After <= steps[index - 1].After)
                fields.Wrong("steps", string.Create(CultureInfo.InvariantCulture, $"step {index + 1} comes at {Durations.Format(steps[index].After)}"), "the first at 0s, each later than the one before");
        }

        return new EscalationScenario(id, fields.Text("title", 80), steps);
    }

    private static ScenarioStep Step(Fields fields, Lookups lookups)
    {
        var role = fields.Text("role", 63);
        lookups.Refer("role", role, fields, "role");
        return new ScenarioStep(fields.Span("after"), role);
    }
}
