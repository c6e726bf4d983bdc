using System.Collections.Immutable;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Cards;

namespace Cockpit.Catalog.Readers;

/// <summary>Reads <c>services.yaml</c> and <c>signals.yaml</c>.</summary>
internal static class ServicesReader
{
    public static ImmutableArray<ServiceDefinition> Read(Fields file, Lookups lookups)
    {
        var services = file.Each("services", fields => Service(fields, lookups), least: 1);
        file.Done();
        return services;
    }

    public static ImmutableArray<SignalDefinition> ReadSignals(Fields file, Lookups lookups)
    {
        var signals = file.Each("signals", fields => Signal(fields, lookups), least: 1);
        file.Done();
        foreach (var signal in signals) lookups.DeclareSignal(signal);
        return signals;
    }

    private static ServiceDefinition Service(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("service", id, fields, "id");
        var owner = fields.Text("owner", 63);
        lookups.Refer("role", owner, fields, "owner");
        var dependsOn = fields.Texts("depends-on", required: false);
        lookups.Refer("service", dependsOn, fields, "depends-on");
        var @namespace = fields.OptionalText("namespace", 63);
        var workload = fields.OptionalText("workload", 253);
        Ids.CheckName(fields, "namespace", @namespace);
        Ids.CheckName(fields, "workload", workload);
        if (workload is not null && @namespace is null) fields.Missing("namespace", "the workload's namespace");
        return new ServiceDefinition(
            id, fields.Text("title", 80), fields.Text("platform", 40), fields.OneOf<ServiceKind>("kind"), @namespace, workload,
            fields.Truth("critical", otherwise: false), owner, dependsOn, fields.Text("summary", 300));
    }

    private static SignalDefinition Signal(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("signal", id, fields, "id");
        var query = fields.Text("query", 8000);
        if (query.Length > 0 && PromQl.Problem(query) is { } problem) fields.Wrong("query", problem, "a PromQL query");
        var unit = fields.Text("unit", 30);
        return new SignalDefinition(id, query, fields.OptionalText("by", 63), unit, UnitOf(unit));
    }

    private static FigureUnit UnitOf(string unit) => unit switch
    {
        "s" => FigureUnit.Seconds,
        "ratio" => FigureUnit.Ratio,
        "percent" => FigureUnit.Percent,
        "bytes" => FigureUnit.Bytes,
        "1/s" => FigureUnit.PerSecond,
        "1/min" => FigureUnit.PerMinute,
        _ => FigureUnit.Count,
    };
}
