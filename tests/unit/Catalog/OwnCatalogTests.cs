using Cockpit.Catalog;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Slo;

namespace Cockpit.Tests.Catalog;

public class OwnCatalogTests
{
    private static readonly CatalogLoad Load = CatalogLoader.Load(Files.OwnCatalog);

    [Fact]
    public void Own_catalog_has_no_errors_and_leaves_nothing_open()
    {
        Assert.Empty(Load.Errors);
        Assert.Empty(Load.Assumptions);
    }

    [Fact]
    public void Own_catalog_holds_everything_the_texts_name()
    {
        var catalog = Load.Catalog;

        Assert.Equal((57, 6, 5, 5), (catalog.Slos.Length, catalog.Indicators.Length, catalog.Cards.Length, catalog.Runbooks.Length));
        Assert.Equal(
            ["ServiceDown", "HighErrorRate", "DatabaseDown", "HighLatency", "HighCPUUsage", "LowDiskSpace"],
            catalog.AlertGroups.Where(group => group.File == "alerts/quantx.yaml").SelectMany(group => group.Rules).Select(rule => rule.Name));
        Assert.Equal([1, 2, 3, 4], catalog.Escalation!.Levels.Select(level => level.Number));
        Assert.Equal(5, catalog.Escalation.Scenarios.Length);
        Assert.All(catalog.Cards, card => Assert.NotNull(catalog.Escalation.Scenario(card.EscalationScenario)));
    }

    [Fact]
    public void Every_figure_of_a_card_has_a_unit_and_every_scenario_somebody_to_ask()
    {
        var guide = CardGuideFactory.Create(Load.Catalog);
        var figures = Load.Catalog.Cards
            .SelectMany(card => card.KeyMetrics.Select(metric => metric.Signal).OfType<string>().Concat(card.Investigation.SelectMany(step => step.Figures)))
            .ToArray();

        Assert.NotEmpty(figures);
        Assert.DoesNotContain(figures, figure => !guide.Units.ContainsKey(figure.Split('{')[0]));
        Assert.Equal(FigureUnit.Ratio, guide.UnitOf("service.errors{api-gateway}"));
        Assert.Equal(
            [new(TimeSpan.Zero, "devops-engineer"), new(TimeSpan.FromMinutes(15), "platform-engineer"), new(TimeSpan.FromMinutes(30), "devops-lead")],
            guide.Scenarios["websocket-degradation"].Steps.AsEnumerable());
    }

    [Fact]
    public void Runbooks_are_judged_like_cards_and_share_no_id_with_them()
    {
        var model = PlatformModelFactory.Create(Load.Catalog);

        Assert.Equal(Load.Catalog.Runbooks.Select(runbook => runbook.Id), model.Procedures.Select(procedure => procedure.Id));
        Assert.Empty(model.Cards.Select(card => card.Id).Intersect(model.Procedures.Select(procedure => procedure.Id)));
        Assert.NotNull(model.Action("service-down", "restart"));
    }

    [Theory]
    [InlineData("platform-availability", 0.9995)]
    [InlineData("api-gateway-availability", 0.9999)]
    [InlineData("user-availability", 0.9995)]
    [InlineData("market-data-availability", 0.999)]
    [InlineData("trading-availability", 0.9999)]
    [InlineData("analytics-availability", 0.995)]
    [InlineData("trading-order-success", 0.999)]
    [InlineData("market-history", 1)]
    [InlineData("risk-stress-coverage", 0.95)]
    public void Objective_of_the_texts_keeps_its_target(string id, double target) =>
        Assert.Equal(target, Load.Catalog.Slos.Single(slo => slo.Definition.Id.Value == id).Definition.Objectives[0].Target.Value);

    [Fact]
    public void Platform_availability_says_where_its_source_contradicts_itself()
    {
        var platform = Load.Catalog.Slos.Single(slo => slo.Definition.Id.Value == "platform-availability");

        Assert.Contains("4.32", platform.Definition.Note, StringComparison.Ordinal);
        Assert.Equal(new SloWindow.Rolling(TimeSpan.FromDays(30)), platform.Definition.Window);
        Assert.True(platform.IsCritical);
    }

    [Fact]
    public void Six_alerts_keep_their_expressions()
    {
        var expressions = Load.Catalog.Alerts.ToDictionary(alert => alert.Name, alert => (alert.Expr, alert.For, alert.Severity));

        Assert.Equal(("up{job=\"quantx-api\"} == 0", TimeSpan.FromMinutes(1), "critical"), expressions["ServiceDown"]);
        Assert.Equal(
            ("sum(rate(http_requests_total{status=~\"5..\"}[5m])) / sum(rate(http_requests_total[5m])) > 0.01", TimeSpan.FromMinutes(2), "critical"),
            expressions["HighErrorRate"]);
        Assert.Equal(("pg_up == 0", TimeSpan.FromSeconds(30), "critical"), expressions["DatabaseDown"]);
        Assert.Equal(
            ("histogram_quantile(0.95, sum(rate(http_request_duration_seconds_bucket[5m])) by (le)) > 1.0", TimeSpan.FromMinutes(5), "warning"),
            expressions["HighLatency"]);
        Assert.Equal(("cpu_usage_percent > 80", TimeSpan.FromMinutes(10), "warning"), expressions["HighCPUUsage"]);
        Assert.Equal(("disk_usage_percent > 85", TimeSpan.FromMinutes(5), "warning"), expressions["LowDiskSpace"]);
    }

    [Fact]
    public void Alert_with_one_bound_splits_into_query_and_bound()
    {
        var rule = Load.Catalog.Alerts.Single(alert => alert.Name == "HighCPUUsage");

        Assert.Equal(("cpu_usage_percent", Comparison.GreaterThan, 80.0), rule.AsComparison());
        Assert.Null(Load.Catalog.Alerts.Single(alert => alert.Name == "WebSocketsDegraded").AsComparison());
    }

    [Fact]
    public void WebSocket_card_keeps_the_distance_between_symptom_and_exit()
    {
        var card = Load.Catalog.Card("degraded-websockets")!;

        Assert.Equal([0.8, 0.15, 0.99], card.Symptoms.OfType<SignalCondition>().Select(symptom => symptom.Threshold));
        Assert.Equal([0.7, 0.1, 0.995], card.ExitCriteria.OfType<SignalCondition>().Select(exit => exit.Threshold));
        Assert.Equal(TimeSpan.FromMinutes(15), card.ExitCriteria.OfType<HumanCondition>().Single().For);
        Assert.Equal((8, TimeSpan.FromHours(2), ActionRisk.Medium), (card.Actions[0].Replicas, card.Actions[0].Lease, card.Actions[0].Risk));
    }

    [Fact]
    public void Replica_lag_threshold_is_marked_as_ours() =>
        Assert.NotNull(Load.Catalog.Card("replica-lag")!.Symptoms.Single(symptom => symptom.Id == "lag").Ours);

    [Fact]
    public void Every_command_of_a_cluster_names_its_namespace()
    {
        var commands = Load.Catalog.Cards.SelectMany(card => card.Actions).Concat(Load.Catalog.Runbooks.SelectMany(runbook => runbook.Actions))
            .Select(action => action.CommandFor(new Dictionary<string, string>())).Where(command => command.StartsWith("kubectl", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.Matches(" -n (bondx|quantx-production)( |$)", command));
    }

    [Fact]
    public void Runbook_steps_lead_to_their_actions()
    {
        var release = Load.Catalog.Runbook("blue-green-release")!;

        Assert.Equal(["Preparation", "Release", "Going back"], release.Sections.Select(section => section.Title));
        Assert.Equal(["restore-blue", "switch-to-blue", "stop-green", null], release.Sections[2].Steps.Select(step => step.Action));
    }

    [Fact]
    public void Version_follows_the_contents()
    {
        var changed = Files.LoadWith("services.yaml", text => text + "# seen\n");

        Assert.Equal(Load.Catalog.Version, CatalogLoader.Load(Files.Own).Catalog.Version);
        Assert.NotEqual(Load.Catalog.Version, changed.Catalog.Version);
    }
}
