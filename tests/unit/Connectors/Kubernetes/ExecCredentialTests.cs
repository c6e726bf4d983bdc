using System.Diagnostics;
using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Tests.Support;

namespace Cockpit.Tests.Connectors.Kubernetes;

public sealed class ExecCredentialTests : IAsyncLifetime
{
    private const string Version = "client.authentication.k8s.io/v1";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();
    private FakeApiServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        _server.Answer = context => context.Json(Json.Deployment());
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Token_is_kept_until_it_expires()
    {
        Plugin($$$$"""{"kind":"ExecCredential","apiVersion":"{{{{Version}}}}","status":{"token":"t$n","expirationTimestamp":"2026-11-22T03:22:00Z"}}""");
        using var client = Client();

        await client.ReadAsync();
        _clock.Advance(TimeSpan.FromMinutes(9));
        await client.ReadAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await client.ReadAsync();

        Assert.Equal(["Bearer t1", "Bearer t1", "Bearer t2"], _server.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task Rejected_token_is_replaced_once_and_then_the_answer_stands()
    {
        Plugin($$$$"""{"kind":"ExecCredential","apiVersion":"{{{{Version}}}}","status":{"token":"t$n"}}""");
        using var client = Client();
        _server.Answer = context => context.Request.Headers.Authorization == "Bearer t2" ? context.Json(Json.Deployment()) : context.Fail(401, "Unauthorized", "expired");

        Assert.Equal("gateway", (await client.ReadAsync()).Value().Metadata.Name);
        _server.Answer = context => context.Fail(401, "Unauthorized", "expired");

        Assert.Equal(new KubeFailure.Unauthenticated("expired"), (await client.ReadAsync()).Failure());
        Assert.Equal(["Bearer t1", "Bearer t2", "Bearer t2", "Bearer t3"], _server.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_run()
    {
        Plugin($$$$"""{"kind":"ExecCredential","apiVersion":"{{{{Version}}}}","status":{"token":"t$n"}}""", before: "sleep 0.2");
        using var client = Client();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.ReadAsync()));

        Assert.Equal(Enumerable.Repeat("Bearer t1", 8), _server.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task Plugin_is_given_arguments_variables_and_the_cluster()
    {
        Plugin($$$$"""{"kind":"ExecCredential","apiVersion":"{{{{Version}}}}","status":{"token":"t"}}""", before: $"printf '%s|%s|%s' \"$1\" \"$REGION\" \"$KUBERNETES_EXEC_INFO\" > '{_folder["seen"]}'");
        using var client = Client(", args: [\"--for\"], env: [{name: REGION, value: eu}], provideClusterInfo: true");

        await client.ReadAsync();

        Assert.Equal(
            "--for|eu|" + $$$$"""{"apiVersion":"{{{{Version}}}}","kind":"ExecCredential","spec":{"interactive":false,"cluster":{"server":"{{{{_server.Address}}}}"}}}""",
            await File.ReadAllTextAsync(_folder["seen"]));
    }

    [Theory]
    [InlineData("""{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"t"}}""", "apiVersion is wrong: client.authentication.k8s.io/v1 is expected")]
    [InlineData("""{"kind":"Other"}""", "kind is wrong: ExecCredential is expected")]
    [InlineData("""{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1"}""", "status is wrong: it is missing")]
    [InlineData("""{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{}}""", "status is wrong: a token or a client certificate with its key is expected")]
    [InlineData("""{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t","expirationTimestamp":"soon"}}""", "status.expirationTimestamp is wrong: an RFC 3339 time is expected")]
    [InlineData("""{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"clientCertificateData":"x","clientKeyData":"y"}}""", "status.clientCertificateData is wrong: not a PEM certificate with the key that belongs to it")]
    public async Task Plugin_that_prints_something_else_is_named_with_the_field(string prints, string complaint)
    {
        Plugin(prints);
        using var client = Client();

        Assert.Equal(
            new KubeFailure.Unauthenticated($"{Origin}: {_folder["plugin"]} printed an ExecCredential whose {complaint}"), (await client.ReadAsync()).Failure());
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Plugin_that_fails_is_named_with_its_exit_code_and_not_with_what_it_said()
    {
        _folder.WriteProgram("plugin", "echo password=hunter2 >&2; exit 3");
        using var client = Client();

        Assert.Equal(
            new KubeFailure.Unauthenticated($"{Origin}: {_folder["plugin"]} failed with exit code 3; run it by hand to see why"), (await client.ReadAsync()).Failure());
    }

    [Fact]
    public async Task Plugin_that_is_not_installed_says_how_to_get_it()
    {
        using var client = Client(", installHint: install it with apt");

        Assert.Equal(
            new KubeFailure.Unauthenticated($"{Origin}: {_folder["plugin"]} cannot be started; install it with apt"), (await client.ReadAsync()).Failure());
    }

    [Fact]
    public async Task Plugin_that_never_ends_is_killed()
    {
        _folder.WriteProgram("plugin", $"echo $$ > '{_folder["pid"]}.part'; mv '{_folder["pid"]}.part' '{_folder["pid"]}'; exec sleep 600");
        using var client = Client();

        var reading = client.ReadAsync();
        while (!File.Exists(_folder["pid"])) await Task.Yield();
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(new KubeFailure.Unauthenticated($"{Origin}: {_folder["plugin"]} did not finish within 30 s"), (await reading).Failure());
        await GoneAsync(int.Parse(await File.ReadAllTextAsync(_folder["pid"])));
    }

    private static async Task GoneAsync(int process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (Process.GetProcesses().Any(each => each.Id == process)) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
    }

    private string Origin => $"{_folder["config"]}: users[u].user.exec.command";

    // The script counts its runs in $n, so that each run can print another token.
    private void Plugin(string prints, string before = ":") =>
        _folder.WriteProgram("plugin", $"""
            {before}
            echo >> '{_folder["runs"]}'
            n=$(wc -l < '{_folder["runs"]}')
            cat <<END
            {prints}
            END
            """);

    private KubeClient Client(string more = "") => Clients.From(_folder.Write("config", $$$$"""
        current-context: c
        clusters: [{name: k, cluster: {server: "{{{{_server.Address}}}}"}}]
        users: [{name: u, user: {exec: {apiVersion: {{{{Version}}}}, command: ./plugin{{{{more}}}}}}}]
        contexts: [{name: c, context: {cluster: k, user: u}}]
        """), _clock);
}
