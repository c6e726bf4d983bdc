using Cockpit.Estate;
using Cockpit.Estate.Cluster;

namespace Cockpit.Tests.Estate;

public sealed class OtherFaultsTests
{
    [Fact]
    public void Silent_provider_ages_until_the_backup_takes_over()
    {
        var estate = EstateInATest.New();
        Assert.True(estate.Signal("provider.age") < 60);
        estate.With(inside => inside.Inject(EstateFault.DataProviderOutage));
        estate.Advance(TimeSpan.FromMinutes(6));
        Assert.True(estate.Signal("provider.age") > 300);
        Assert.True(estate.Signal("marketdata.age") > 300);
        Assert.True(estate.Signal("service.errors", "data-adapter") > 0.5);

        Patch(estate, "data-provider-config", "primary_provider", "backup");
        estate.Advance(TimeSpan.FromMinutes(2));

        Assert.True(estate.Signal("provider.age") < 60);
        Assert.True(estate.Signal("service.errors", "data-adapter") < 0.01);
    }

    [Fact]
    public void Mock_data_is_fresh_without_any_provider()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Inject(EstateFault.DataProviderOutage));
        estate.Advance(TimeSpan.FromMinutes(6));

        Patch(estate, "data-provider-config", "mock_data", "true");
        estate.Advance(TimeSpan.FromSeconds(30));

        Assert.True(estate.Signal("provider.age") < 60);
    }

    [Fact]
    public void Storm_of_alerts_slows_the_risk_engine_and_each_action_tames_its_part()
    {
        var estate = EstateInATest.New();
        var quiet = estate.Signal("service.p95", "risk-engine");
        estate.With(inside => inside.Inject(EstateFault.RiskAlertsStorm));
        estate.Advance(TimeSpan.FromMinutes(3));
        var storm = estate.Signal("service.p95", "risk-engine");
        Assert.True(estate.Signal("risk.alerts.rate") > 500);
        Assert.True(storm > quiet * 2);

        Patch(estate, "risk-config", "max_alerts_per_minute", "100");
        estate.Advance(TimeSpan.FromMinutes(2));
        Assert.InRange(estate.Signal("risk.alerts.rate"), 95, 105);
        Assert.True(estate.Signal("service.p95", "risk-engine") > quiet * 2);

        estate.With(inside => inside.Cluster.Scale(EstateCluster.Bondx, "risk-engine", 4, null, dryRun: false));
        estate.Advance(TimeSpan.FromMinutes(3));
        Assert.True(estate.Signal("service.p95", "risk-engine") < storm * 0.75);

        Patch(estate, "risk-config", "alert_threshold_multiplier", "2.0");
        estate.Advance(TimeSpan.FromMinutes(3));
        Assert.True(estate.Signal("service.p95", "risk-engine") < quiet * 1.6);
    }

    [Fact]
    public void Service_without_pods_is_down_and_its_callers_feel_it()
    {
        var estate = EstateInATest.New();

        estate.With(inside => inside.Cluster.Scale(EstateCluster.Quantx, "user", 0, null, dryRun: false));
        estate.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(0, estate.Signal("service.up", "user"));
        Assert.True(estate.Signal("service.errors", "user") > 0.9);
        Assert.True(estate.Signal("service.errors", "api-gateway") > 0.1);
        Assert.True(estate.Signal("logins.success") < 0.1);
    }

    private static void Patch(EstateSimulation estate, string configMap, string key, string value) =>
        estate.With(inside => inside.Cluster.PatchConfigMap(
            EstateCluster.Bondx, configMap, new Dictionary<string, string?> { [key] = value }, null, dryRun: false));
}
