using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Cockpit.Connectors.Kubernetes;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Connectors.Kubernetes;

public sealed class TemplateTests
{
    private static readonly JsonObject Held = Parse("""
        {"metadata":{"labels":{"app":"user"},"annotations":{"cockpit/execution":"e-1"}},
         "spec":{"containers":[{"name":"app","image":"user:2","env":[{"name":"MODE","value":"fast"},{"name":"KEY","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}],
          "resources":{"limits":{"memory":"1Gi","cpu":1}},"envFrom":[{"configMapRef":{"name":"at-start"}}]}],
          "volumes":[{"name":"v","configMap":{"name":"mounted"}}]}}
        """);

    [Fact]
    public void Container_is_read_with_its_variables_and_limits_and_a_secret_stays_one()
    {
        var container = Assert.Single(Template.ContainersOf(Held));

        Assert.Equal(("app", "user:2"), (container.Name, container.Image));
        Assert.Equal([new("KEY", "(set from elsewhere)"), new("MODE", "fast")], container.Environment);
        Assert.Equal([new("cpu", "1"), new("memory", "1Gi")], container.Limits);
        Assert.Equal("e-1", Template.MarkOf(Held));
    }

    [Fact]
    public void Reader_of_a_config_map_is_told_apart_by_how_it_reads() =>
        Assert.Equal((true, false, null), (Template.ReadsAtStart(Held, "at-start"), Template.ReadsAtStart(Held, "mounted"), Template.ReadsAtStart(Held, "other")));

    [Fact]
    public void Patch_sets_removes_and_marks()
    {
        var change = new ClusterChange.Template(
            new("bondx", "user"), "app", Values(("MODE", "safe"), ("OLD", null)), Values(("memory", "2Gi")), "e-2");

        var patch = Template.Patch(change, new DateTimeOffset(2026, 11, 22, 3, 12, 0, TimeSpan.Zero));

        Assert.Equal(Parse("""
            {"spec":{"template":{"metadata":{"annotations":{"cockpit/execution":"e-2","kubectl.kubernetes.io/restartedAt":"2026-11-22T03:12:00Z"}},
             "spec":{"containers":[{"name":"app","env":[{"name":"MODE","value":"safe"},{"name":"OLD","$patch":"delete"}],"resources":{"limits":{"memory":"2Gi"}}}]}}}}
            """).ToJsonString(), patch.ToJsonString());
    }

    [Fact]
    public void Revision_and_deployment_of_one_template_have_one_digest()
    {
        var revision = (JsonObject)Held.DeepClone();
        revision["metadata"]!["labels"]!["pod-template-hash"] = "5d8f";

        Assert.Equal(Template.DigestOf(Held), Template.DigestOf(revision));
        revision["spec"]!["containers"]![0]!["image"] = "user:1";
        Assert.NotEqual(Template.DigestOf(Held), Template.DigestOf(revision));
    }

    [Fact]
    public void Merge_to_an_earlier_template_takes_away_what_it_did_not_have()
    {
        var earlier = Parse("""{"metadata":{"labels":{"app":"user"}},"spec":{"containers":[{"name":"app","image":"user:1"}]}}""");

        Assert.Equal(
            """{"metadata":{"annotations":null},"spec":{"volumes":null,"containers":[{"name":"app","image":"user:1"}]}}""",
            Template.MergeTo(Held, earlier).ToJsonString());
        Assert.Equal("{}", Template.MergeTo(Held, Held).ToJsonString());
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static ImmutableSortedDictionary<string, string?> Values(params (string Key, string? Value)[] values) =>
        values.ToImmutableSortedDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal);
}
