using System.Collections.Immutable;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Runbooks;
using Cockpit.UseCases.Guiding;

namespace Cockpit.Catalog.Readers;

/// <summary>Reads <c>impact.yaml</c>, <c>dashboards.yaml</c>, <c>commands.yaml</c> and <c>runbooks/index.yaml</c>.</summary>
internal static class PagesReader
{
    public static ImpactModel ReadImpact(Fields file, Lookups lookups)
    {
        var currency = file.Text("currency", 3);
        if (currency.Length > 0 && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))) file.Wrong("currency", $"'{Fields.Shown(currency)}' is no currency", "an ISO 4217 code such as EUR");
        var revenue = file.Number("revenue-per-minute", 0, 1e12);
        if (revenue == 0 && file.Has("revenue-per-minute")) file.Wrong("revenue-per-minute", "is zero", "a number above zero");
        var model = new ImpactModel(
            currency, revenue, PeopleReader.Hours(file, "trading-hours"), file.Number("outside-share", 0, 1), file.Number("recovered", 0, 1),
            file.Each("services", fields => Share(fields, lookups), least: 1), file.Texts("assumptions", least: 1), file.OptionalText("ours"));
        file.Done();
        return model;
    }

    public static DashboardPlan ReadDashboards(Fields file, Lookups lookups)
    {
        var executive = new ExecutiveDashboard([], TimeSpan.FromSeconds(30), false, false);
        if (file.Child("executive") is { } fields)
        {
            executive = new ExecutiveDashboard(
                fields.Each("metrics", item => Item(item, lookups), least: 1), fields.Span("refresh-at-least-every"), fields.Truth("shows-alerts", false),
                fields.Truth("for-phones", false));
            fields.Done();
        }

        var plan = new DashboardPlan(executive, file.Each("operational", fields => Section(fields, lookups), least: 1));
        file.Done();
        return plan;
    }

    public static ImmutableArray<RunbookIndexEntry> ReadIndex(Fields file, Lookups lookups)
    {
        var entries = file.Each("runbooks", fields => Entry(fields, lookups), least: 1);
        file.Done();
        return entries;
    }

    public static ImmutableArray<CommandGroup> ReadCommands(Fields file, Lookups lookups)
    {
        var groups = file.Each("groups", fields => new CommandGroup(fields.Text("title", 80), fields.Each("commands", command => Command(command, lookups), least: 1)), least: 1);
        file.Done();
        return groups;
    }

    private static CommandReference Command(Fields fields, Lookups lookups)
    {
        var card = fields.OptionalText("card", 63);
        lookups.Refer("card", card, fields, "card");
        var runbook = fields.OptionalText("runbook", 63);
        lookups.Refer("runbook", runbook, fields, "runbook");
        var action = fields.OptionalText("action", 63);
        if (action is not null && (card ?? runbook) is null) fields.Wrong("action", "stands without a card or runbook", "a card or a runbook beside it");
        if (action is not null && (card ?? runbook) is { } owner) lookups.Refer("action", $"{owner}/{action}", fields, "action");
        var here = fields.OptionalText("here", 300);
        if (here is null && card is null && runbook is null && !fields.Has("here")) fields.Missing("here", "here, card or runbook");
        return new CommandReference(fields.Text("title", 120), fields.Text("command", 300), here, card, runbook, action);
    }

    private static RevenueShare Share(Fields fields, Lookups lookups)
    {
        var service = fields.Text("service", 63);
        lookups.Refer("service", service, fields, "service");
        return new RevenueShare(service, fields.Number("share", 0, 1), fields.Text("reason", 200));
    }

    private static DashboardSection Section(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("dashboard section", id, fields, "id");
        return new DashboardSection(id, fields.Text("title", 80), fields.Each("items", item => Item(item, lookups), least: 1));
    }

    private static DashboardItem Item(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("dashboard item", id, fields, "id");
        var signals = fields.Texts("signals", required: false);
        foreach (var signal in signals) SignalNames.Refer(fields, "signals", signal, lookups);
        return new DashboardItem(id, fields.Text("title", 80), fields.Text("summary", 300), signals);
    }

    private static RunbookIndexEntry Entry(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("index entry", id, fields, "id");
        var held = fields.Truth("held", otherwise: false);
        if (held) lookups.Refer("runbook", id, fields, "id");
        var owner = fields.Text("owner", 63);
        lookups.Refer("role", owner, fields, "owner");
        var audience = fields.Texts("audience", least: 1);
        lookups.Refer("role", audience, fields, "audience");
        return new RunbookIndexEntry(
            id, fields.Text("title", 120), fields.Text("group", 80), fields.Text("summary", 300), owner, audience, Dates.Optional(fields, "reviewed"),
            fields.Whole("review-every-days", 1, 400), held);
    }
}
