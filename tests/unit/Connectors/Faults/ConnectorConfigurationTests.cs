using Cockpit.Connectors.Postgres;
using Cockpit.Connectors.Prometheus;
using Cockpit.Connectors.Redis;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cockpit.Tests.Connectors.Faults;

public sealed class ConnectorConfigurationTests
{
    [Fact]
    public void Sections_that_are_absent_register_no_source()
    {
        using var services = Services([]);

        Assert.Null(services.GetService<ISource<MetricsReading>>());
        Assert.Null(services.GetService<ISource<ReplicationReading>>());
        Assert.Null(services.GetService<ISource<RedisReading>>());
    }

    [Fact]
    public async Task Right_configuration_of_all_three_starts()
    {
        await using var services = Services(new()
        {
            ["Prometheus:Url"] = "https://prometheus.example/prefix",
            ["Prometheus:BearerToken"] = "abc",
            ["Prometheus:Timeout"] = "1500ms",
            ["Postgres:Primary"] = "Host=db;Username=u;Password='a;b=c'",
            ["Postgres:Standbys:0:Name"] = "replica",
            ["Postgres:Standbys:0:ConnectionString"] = "Host=db2",
            ["Redis:Sentinels"] = "a, b:26380",
            ["Redis:Timeout"] = "00:00:03",
        });

        Assert.Empty(Problems(services));
        Assert.Equal(
            (new Uri("https://prometheus.example/prefix/"), TimeSpan.FromSeconds(1.5)),
            (services.GetRequiredService<IOptions<PrometheusOptions>>().Value.Url, services.GetRequiredService<IOptions<PrometheusOptions>>().Value.Timeout));
        Assert.Equal(["a:26379", "b:26380"], services.GetRequiredService<IOptions<RedisOptions>>().Value.Sentinels.Select(address => address.ToString()));
        Assert.IsType<PrometheusMetrics>(services.GetService<ISource<MetricsReading>>());
        Assert.IsType<PostgresReplicationSource>(services.GetService<ISource<ReplicationReading>>());
        Assert.IsType<SentinelSource>(services.GetService<ISource<RedisReading>>());
    }

    [Fact]
    public void Wrong_configuration_tells_every_error_at_once_with_its_key_and_no_secret()
    {
        using var services = Services(new()
        {
            ["Prometheus:Url"] = "http://user:hunter2@prometheus",
            ["Prometheus:BearerToken"] = "hunter2 hunter2",
            ["Prometheus:User"] = "u",
            ["Prometheus:CaFile"] = "no-such-file.pem",
            ["Prometheus:Timeout"] = "5",
            ["Prometheus:Timeot"] = "5s",
            ["Postgres:Primary"] = "Host=db;Password=a;hunter2=b",
            ["Postgres:Standbys:0:Name"] = "replica",
            ["Postgres:Standbys:0:ConnectionString"] = "Database=x",
            ["Postgres:Standbys:1:Name"] = "Replica",
            ["Postgres:Standbys:1:ConnectionString"] = "Host=a,b",
            ["Postgres:Standbys:2:ConnectionStrong"] = "Host=hunter2",
            ["Redis:Sentinels:0"] = "redis://a",
            ["Redis:Sentinels:1"] = "b:1",
            ["Redis:Sentinels:2"] = "b:1",
            ["Redis:Node"] = "c:0",
            ["Redis:User"] = "u",
            ["Redis:Tls"] = "maybe",
            ["Redis:Timeout"] = "2h",
        });

        var problems = Problems(services);

        Assert.Equal(
            [
                "Postgres:Primary", "Postgres:Standbys:0:ConnectionString", "Postgres:Standbys:1:ConnectionString", "Postgres:Standbys:1:Name",
                "Postgres:Standbys:2:ConnectionString", "Postgres:Standbys:2:ConnectionStrong", "Postgres:Standbys:2:Name",
                "Prometheus:BearerToken", "Prometheus:BearerToken", "Prometheus:CaFile", "Prometheus:Password", "Prometheus:Timeot", "Prometheus:Timeout", "Prometheus:Url",
                "Redis:Node", "Redis:Password", "Redis:Sentinels", "Redis:Sentinels:0", "Redis:Sentinels:2", "Redis:Timeout", "Redis:Tls",
            ],
            problems.Select(problem => problem[..problem.IndexOf(' ')]).Order(StringComparer.Ordinal));
        Assert.All(problems, problem => Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.Matches("accepted|must be", problem));
    }

    [Fact]
    public void Section_without_its_main_key_says_what_is_missing()
    {
        using var services = Services(new() { ["Prometheus:User"] = "", ["Postgres:Timeout"] = "1s", ["Redis:Group"] = "g" });

        Assert.Equal(
            ["Postgres:Primary is missing", "Prometheus:Url is missing", "Redis:Sentinels is missing"],
            Problems(services).Select(problem => problem[..problem.IndexOf(';')]).Order(StringComparer.Ordinal));
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection()
            .AddPrometheus(configuration, _ => [])
            .AddPostgres(configuration)
            .AddRedis(configuration)
            .BuildServiceProvider();
    }

    private static List<string> Problems(ServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (AggregateException several)
        {
            return [.. several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(wrong => wrong.Failures)];
        }
        catch (OptionsValidationException wrong)
        {
            return [.. wrong.Failures];
        }
    }
}
