using Cockpit.Connectors.Kubernetes;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Observing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cockpit.Tests.Connectors.Kubernetes;

public sealed class KubernetesSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Configuration_that_does_not_speak_of_Kubernetes_registers_nothing() => Assert.Empty(new ServiceCollection().AddKubernetes(Configuration([])));

    [Fact]
    public async Task Good_configuration_brings_source_and_deployments()
    {
        var kubeconfig = _folder.Write("config", """
            current-context: c
            clusters: [{name: k, cluster: {server: "https://cluster.example"}}]
            contexts: [{name: c, context: {cluster: k}}]
            """);
        await using var services = Services(new()
        {
            ["Kubernetes:Kubeconfig"] = kubeconfig,
            ["Kubernetes:Context"] = "c",
            ["Kubernetes:Namespaces:0"] = "bondx",
            ["Kubernetes:Namespaces:1"] = "quantx",
            ["Kubernetes:Timeout"] = "00:00:08",
        });

        var options = services.GetRequiredService<IOptions<KubernetesOptions>>().Value;

        Assert.Equal((kubeconfig, "c", TimeSpan.FromSeconds(8), false), (options.Kubeconfig, options.Context, options.Timeout, options.AllowInsecureTls));
        Assert.Equal<string>(["bondx", "quantx"], options.Namespaces);
        Assert.Equal("Kubernetes", services.GetRequiredService<ISource<ClusterReading>>().Name);
        Assert.IsType<KubernetesDeployments>(services.GetRequiredService<IDeployments>());
    }

    [Fact]
    public void Every_mistake_is_reported_at_once_with_what_is_accepted()
    {
        using var services = Services(new()
        {
            ["Kubernetes:Kubeconfig"] = _folder["absent"],
            ["Kubernetes:AllowInsecureTls"] = "perhaps",
            ["Kubernetes:InCluster"] = "no",
            ["Kubernetes:Timeout"] = "5",
            ["Kubernetes:Namespaces:0"] = "bondx",
            ["Kubernetes:Namespaces:1"] = "Bond_X",
            ["Kubernetes:Namespaces:2"] = "bondx",
        });

        Assert.Equal(
            [
                "Kubernetes:InCluster is \"no\"; accepted: true or false.",
                "Kubernetes:AllowInsecureTls is \"perhaps\"; accepted: true or false.",
                "Kubernetes:Timeout is \"5\"; accepted: a duration from 00:00:01 to 00:01:00, written hh:mm:ss.",
                "Kubernetes:Namespaces:1 is \"Bond_X\"; accepted: up to 63 of a-z, 0-9 and '-', neither first nor last a '-'.",
                "Kubernetes:Namespaces:2 names bondx a second time; accepted: each namespace once.",
                $"Kubernetes:Kubeconfig: {_folder["absent"]}: no such file",
            ],
            Mistakes(services));
    }

    [Fact]
    public void Cluster_that_is_not_named_is_asked_for()
    {
        using var services = Services(new() { ["Kubernetes:Namespaces:0"] = "bondx" });

        Assert.Equal(
            ["Kubernetes:Kubeconfig is missing; accepted: the path of a kubeconfig file, or Kubernetes:InCluster = true inside a cluster."],
            Mistakes(services));
    }

    [Fact]
    public void Namespaces_given_as_one_text_are_asked_for_as_a_list()
    {
        using var services = Services(new() { ["Kubernetes:Kubeconfig"] = _folder["absent"], ["Kubernetes:Namespaces"] = "bondx,quantx" });

        Assert.Equal("Kubernetes:Namespaces is \"bondx,quantx\"; accepted: a list, as in Kubernetes:Namespaces:0 = bondx.", Mistakes(services).First());
    }

    private static IEnumerable<string> Mistakes(ServiceProvider services) =>
        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<KubernetesOptions>>().Value).Failures;

    private static ServiceProvider Services(Dictionary<string, string?> settings) =>
        new ServiceCollection().AddLogging().AddKubernetes(Configuration(settings)).BuildServiceProvider();

    private static IConfiguration Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
