using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cockpit.Catalog.Readers;
using Cockpit.Catalog.Reading;

namespace Cockpit.Tests.Catalog;

/// <summary>The JSON Schemas that editors use must accept what the loader accepts. Checks the few keywords that the schemas use.</summary>
public class SchemaTests
{
    public static TheoryData<string, string> Described => new()
    {
        { "services.yaml", "services" }, { "signals.yaml", "signals" }, { "on-call.yaml", "on-call" }, { "escalation.yaml", "escalation" },
        { "capacity.yaml", "capacity" }, { "impact.yaml", "impact" }, { "dashboards.yaml", "dashboards" }, { "commands.yaml", "commands" }, { "freezes.yaml", "freezes" }, { "messages.yaml", "messages" },
        { "runbooks/index.yaml", "runbook-index" }, { "cards/1-degraded-websockets.yaml", "card" }, { "cards/2-redis-failover.yaml", "card" },
        { "cards/3-replica-lag.yaml", "card" }, { "cards/4-data-provider-outage.yaml", "card" }, { "cards/5-risk-alerts-storm.yaml", "card" },
        { "runbooks/1-service-down.md", "runbook" }, { "runbooks/2-high-error-rate.md", "runbook" }, { "runbooks/3-database-performance.md", "runbook" },
        { "runbooks/4-blue-green-release.md", "runbook" }, { "runbooks/5-planned-maintenance.md", "runbook" },
    };

    [Theory]
    [MemberData(nameof(Described))]
    public void Own_files_follow_their_schema(string path, string schema) => Assert.Empty(Problems(Read(path), Schema(schema), ""));

    [Fact]
    public void Schema_refuses_an_unknown_field()
    {
        var services = (JsonObject)Schema("services");
        var broken = Documents.ReadText("services: [{id: a, titel: A, title: A, platform: P, kind: http, owner: o, summary: S}]", new Findings("x.yaml"))[0];

        Assert.Equal([".services[0].titel"], Problems(broken, services, ""));
    }

    private static Node Read(string path)
    {
        var text = Encoding.UTF8.GetString(Files.Own.Single(file => file.Path == path).Bytes!);
        if (path.EndsWith(".md", StringComparison.Ordinal)) text = RunbookReader.Split(text)!.Value.FrontMatter;
        return Documents.ReadText(text, new Findings(path))[0];
    }

    private static JsonNode Schema(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Files.OwnCatalog, "schemas", $"{name}.schema.json")))!;

    private static IEnumerable<string> Problems(Node node, JsonNode schema, string path)
    {
        if (schema["anyOf"] is JsonArray choices) return choices.Any(choice => !Problems(node, choice!, path).Any()) ? [] : [path];
        if (schema["enum"] is JsonArray words) return node is Scalar word && words.Any(each => each!.GetValue<string>() == word.Text) ? [] : [path];
        return (schema["type"]!.GetValue<string>(), node) switch
        {
            ("object", Mapping mapping) => OfMapping(mapping, schema, path),
            ("array", Sequence list) => (list.Items.Length < (schema["minItems"]?.GetValue<int>() ?? 0) ? [path] : Array.Empty<string>())
                .Concat(list.Items.SelectMany((item, index) => Problems(item, schema["items"]!, $"{path}[{index}]"))),
            ("string", Scalar text) => schema["pattern"] is { } pattern && !Regex.IsMatch(text.Text, pattern.GetValue<string>()) ? [path] : [],
            ("number" or "integer", Scalar { IsPlain: true } number) => Numbers.TryParse(number.Text, out _) ? [] : [path],
            ("boolean", Scalar { IsPlain: true, Text: "true" or "false" }) => [],
            _ => [path],
        };
    }

    private static IEnumerable<string> OfMapping(Mapping mapping, JsonNode schema, string path)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        var missing = (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).Where(name => mapping[name] is null).Select(name => $"{path}.{name}");
        return missing.Concat(mapping.Entries.SelectMany(entry =>
            properties[entry.Key.Text] is { } known ? Problems(entry.Value, known, $"{path}.{entry.Key.Text}")
            : schema["additionalProperties"] is JsonObject any ? Problems(entry.Value, any, $"{path}.{entry.Key.Text}")
            : [$"{path}.{entry.Key.Text}"]));
    }
}
