using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cockpit.Estate;
using Cockpit.Estate.Cluster;
using Cockpit.Estate.Exporter;

namespace Cockpit.Tests.Estate;

public sealed partial class ExporterTests
{
    [Fact]
    public void Page_follows_the_text_format_and_declares_every_family_once()
    {
        var lines = EstateInATest.New().With(MetricsExposition.Write).Split('\n');

        Assert.Equal("", lines[^1]);
        Assert.All(lines.SkipLast(1), line => Assert.Matches(Line(), line));
        var declared = lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToList();
        Assert.Equal(declared.Distinct(), declared);
        Assert.Equal(lines.Length, lines.Where(line => line.Length == 0 || line[0] == '#' || declared.Exists(name => line.StartsWith(name, StringComparison.Ordinal))).Count());
        Assert.Equal(Samples(lines).Select(sample => sample.Series).Distinct().Count(), Samples(lines).Count);
    }

    [Theory]
    [InlineData("0.1")]
    [InlineData("0.2")]
    [InlineData("0.3")]
    [InlineData("0.5")]
    [InlineData("0.8")]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("5")]
    public void Latency_objectives_find_a_bucket_at_their_threshold(string bound)
    {
        var page = EstateInATest.New().With(MetricsExposition.Write);

        Assert.Contains($"http_request_duration_seconds_bucket{{service=\"trading\",path=\"/orders\",le=\"{bound}\"}} ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Counters_never_fall_and_buckets_never_exceed_the_next_through_faults_and_scaling()
    {
        var estate = EstateInATest.New();
        var before = Samples(estate);
        for (var minute = 0; minute < 20; minute++)
        {
            if (minute == 2) foreach (var fault in EstateFaults.All) estate.With(inside => inside.Inject(fault.Fault));
            if (minute == 8) estate.With(inside => inside.Cluster.Scale(EstateCluster.Bondx, "websocket-manager", 0, null, dryRun: false));
            if (minute == 12) estate.With(inside => inside.Cluster.Scale(EstateCluster.Bondx, "websocket-manager", 8, null, dryRun: false));
            if (minute == 14) foreach (var fault in EstateFaults.All) estate.With(inside => inside.Clear(fault.Fault));
            estate.Advance(TimeSpan.FromMinutes(1));

            var after = Samples(estate);
            foreach (var (series, value) in before)
            {
                // A pod that is gone takes what its containers counted with it.
                if (series.StartsWith("container_", StringComparison.Ordinal) && !after.ContainsKey(series)) continue;
                if (Cumulative().IsMatch(series)) Assert.True(after[series] >= value, $"{series} fell from {value} to {after[series]}");
            }

            Assert.All(after.Zip(after.Skip(1)).Where(pair => SameHistogram(pair.First.Key, pair.Second.Key)),
                pair => Assert.True(pair.First.Value <= pair.Second.Value, $"{pair.First} exceeds {pair.Second}"));
            before = after;
        }
    }

    [Fact]
    public void Load_follows_the_pods_of_a_real_cluster()
    {
        var estate = EstateInATest.New();
        var workload = new MirroredWorkload("websocket-manager", 2, 5, true, "w:1", new Dictionary<string, string>());

        estate.With(inside => inside.Cluster.MirrorDeployment(EstateCluster.Bondx, "websocket-manager", workload, [("a", true), ("b", true), ("c", false)]));
        estate.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(["a", "b"], estate.With(inside => inside.WebSockets.Managers.Select(manager => manager.Pod).ToArray()));
        Assert.InRange(estate.WebSocketUse(), 0.95, 1);
    }

    [Fact]
    public void Real_objects_are_read_for_their_facts()
    {
        var pod = Json("""
            {"metadata":{"name":"risk-engine-6d5f-x","ownerReferences":[{"kind":"ReplicaSet","name":"risk-engine-6d5f"}]},
             "status":{"conditions":[{"type":"PodScheduled","status":"True"},{"type":"Ready","status":"True"}]}}
            """);
        var leaving = Json("""
            {"metadata":{"name":"p","deletionTimestamp":"2026-01-01T00:00:00Z"},"status":{"conditions":[{"type":"Ready","status":"True"}]}}
            """);
        var deployment = Json("""
            {"metadata":{"name":"risk-engine","generation":3,"annotations":{"deployment.kubernetes.io/revision":"4"}},
             "spec":{"replicas":2,"template":{"spec":{"containers":[{"name":"c","image":"i:1","env":[{"name":"DB_READ_REPLICA","value":"false"}]}]}}},
             "status":{"observedGeneration":3,"replicas":2,"updatedReplicas":2}}
            """);

        Assert.Equal(("risk-engine", ("risk-engine-6d5f-x", true)), (KubernetesFacts.DeploymentOfPod(pod), KubernetesFacts.Pod(pod)));
        Assert.Equal(("", ("p", false)), (KubernetesFacts.DeploymentOfPod(leaving), KubernetesFacts.Pod(leaving)));
        var facts = KubernetesFacts.Deployment(deployment);
        Assert.Equal(("risk-engine", 2, 4, true, "i:1", "false"),
            (facts.Name, facts.Replicas, facts.Revision, facts.RolledOut, facts.Image, facts.Environment["DB_READ_REPLICA"]));
        Assert.Equal(1, KubernetesFacts.Deployment(Json("{}")).Replicas);
    }

    [Theory]
    [InlineData("serve", "The command is \"exporter\".")]
    [InlineData("exporter --port 1", "--port is not an option.")]
    [InlineData("exporter --urls", "--urls needs a value.")]
    [InlineData("exporter --speed 121", "--speed is \"121\"; accepted are numbers from 1 to 120.")]
    [InlineData("exporter --seed x", "--seed is \"x\"; accepted are whole numbers from 0.")]
    [InlineData("exporter --kube-url ftp://x", "--kube-url is \"ftp://x\"; accepted are http and https addresses.")]
    public void Wrong_arguments_are_named(string line, string failure)
    {
        Assert.Equal((null, failure), ExporterArguments.Parse(line.Split(' ')));
    }

    [GeneratedRegex("""^(# (HELP [a-z_]+ [^\n]+|TYPE [a-z_]+ (counter|gauge|histogram))|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.E+-]+)$""")]
    private static partial Regex Line();

    [GeneratedRegex("_total|_bucket|_sum|_count")]
    private static partial Regex Cumulative();

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static bool SameHistogram(string left, string right) =>
        left.Contains("le=\"", StringComparison.Ordinal) && right.Contains("le=\"", StringComparison.Ordinal)
        && left[..left.IndexOf("le=\"", StringComparison.Ordinal)] == right[..right.IndexOf("le=\"", StringComparison.Ordinal)];

    private static Dictionary<string, double> Samples(EstateSimulation estate) =>
        Samples(estate.With(MetricsExposition.Write).Split('\n')).ToDictionary(sample => sample.Series, sample => sample.Value);

    private static List<(string Series, double Value)> Samples(string[] lines) =>
        [.. lines.Where(line => line.Length > 0 && line[0] != '#').Select(line =>
            (line[..line.LastIndexOf(' ')], double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)))];
}
