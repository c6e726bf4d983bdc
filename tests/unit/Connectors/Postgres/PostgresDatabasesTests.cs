using Cockpit.Connectors.Postgres;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Connectors.Postgres;

public sealed class PostgresDatabasesTests
{
    [Fact]
    public async Task Server_that_refuses_connections_says_so_and_a_name_nobody_configured_is_not_found()
    {
        await using var databases = new PostgresDatabases(
            new PostgresOptions { Primary = "Host=127.0.0.1;Port=1;Username=u;Password=p", Timeout = TimeSpan.FromSeconds(2) }, TimeProvider.System);

        Assert.Equal(
            new TargetFailure.Unreachable("primary refuses connections"),
            Assert.IsType<TargetAnswer<DatabaseSeen>.Failed>(await databases.ReadAsync("primary", CancellationToken.None)).Why);
        Assert.Equal(
            new TargetFailure.Unreachable("primary refuses connections"),
            Assert.IsType<TargetAnswer<string>.Failed>(await databases.KeepUpAsync("primary", Upkeep.Analyze, null, CancellationToken.None)).Why);
        Assert.Equal(
            new TargetFailure.NotFound("no database replica is configured"),
            Assert.IsType<TargetAnswer<DatabaseSeen>.Failed>(await databases.ReadAsync("replica", CancellationToken.None)).Why);
    }
}
