using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Tests.Support;

namespace Cockpit.Tests.Connectors.Kubernetes;

public sealed class ServerRefusalTests : IAsyncLifetime
{
    private FakeApiServer _server = null!;
    private KubeClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        _client = Clients.At(_server.Address, new FakeClock());
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    public static TheoryData<int, string, Type> Refusals => new()
    {
        { 400, "BadRequest", typeof(KubeFailure.Invalid) },
        { 401, "Unauthorized", typeof(KubeFailure.Unauthenticated) },
        { 403, "Forbidden", typeof(KubeFailure.Forbidden) },
        { 404, "NotFound", typeof(KubeFailure.NotFound) },
        { 409, "Conflict", typeof(KubeFailure.Conflict) },
        { 410, "Expired", typeof(KubeFailure.Gone) },
        { 422, "Invalid", typeof(KubeFailure.Invalid) },
        { 429, "TooManyRequests", typeof(KubeFailure.Throttled) },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refusal_keeps_its_kind_and_the_servers_own_words(int code, string reason, Type kind)
    {
        _server.Answer = context => context.Fail(code, reason, "in its own words");

        var failure = (await _client.ReadAsync()).Failure();

        Assert.Equal((kind, "in its own words"), (failure.GetType(), failure.Message));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Server_in_trouble_is_unreachable_with_its_words(int code)
    {
        _server.Answer = context => context.Fail(code, "InternalError", "etcdserver: leader changed");

        Assert.Equal(new KubeFailure.Unreachable($"the API server answered {code}: etcdserver: leader changed"), (await _client.ReadAsync()).Failure());
    }

    [Fact]
    public async Task Not_found_by_something_that_is_no_api_server_says_nothing_about_the_object()
    {
        _server.Answer = context => context.Json("<html>404</html>", 404);

        Assert.Equal(
            new KubeFailure.Unreachable("something answered 404, but not as a Kubernetes API server does"), (await _client.ReadAsync()).Failure());
    }

    [Fact]
    public async Task Throttled_carries_the_seconds_of_the_header()
    {
        _server.Answer = context =>
        {
            context.Response.Headers.RetryAfter = "7";
            return context.Fail(429, "TooManyRequests", "later");
        };

        Assert.Equal(new KubeFailure.Throttled("later", TimeSpan.FromSeconds(7)), (await _client.ReadAsync()).Failure());
    }

    [Fact]
    public async Task Throttled_carries_the_seconds_of_the_body_when_there_is_no_header()
    {
        _server.Answer = context => context.Fail(429, "TooManyRequests", "later", """{"retryAfterSeconds":3}""");

        Assert.Equal(new KubeFailure.Throttled("later", TimeSpan.FromSeconds(3)), (await _client.ReadAsync()).Failure());
    }

    [Fact]
    public async Task Another_uid_is_a_conflict_although_the_server_calls_it_invalid()
    {
        _server.Answer = context => context.Fail(
            422, "Invalid", "field is immutable", """{"causes":[{"reason":"FieldValueInvalid","field":"metadata.uid"}]}""");

        Assert.Equal(new KubeFailure.Conflict("field is immutable"), (await _client.ReadAsync()).Failure());
    }

    [Fact]
    public async Task List_is_read_page_by_page_and_its_version_is_the_last_pages()
    {
        _server.Answer = context => context.Json(context.Request.Query["continue"] == "next+page"
            ? Json.List("50", Json.Deployment("orders"))
            : $$$"""{"metadata":{"resourceVersion":"50","continue":"next+page"},"items":[{{{Json.Deployment("gateway")}}}]}""");

        var list = (await _client.ListAsync(KubeKinds.Deployments, "bondx", "app=x", CancellationToken.None)).Value();

        Assert.Equal((2, "50", "gateway", "orders"), (list.Items.Length, list.ResourceVersion, list.Items[0].Metadata.Name, list.Items[1].Metadata.Name));
        Assert.Equal(["?labelSelector=app%3Dx&limit=500", "?labelSelector=app%3Dx&limit=500&continue=next%2Bpage"], _server.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task List_whose_version_is_forgotten_between_pages_is_read_again_whole()
    {
        _server.Answer = context =>
            context.Request.Query.ContainsKey("continue") ? context.Fail(410, "Expired", "too old")
            : context.Request.Query.ContainsKey("limit") ? context.Json("""{"metadata":{"resourceVersion":"50","continue":"x"},"items":[]}""")
            : context.Json(Json.List("60", Json.Deployment()));

        var list = (await _client.ListAsync(KubeKinds.Deployments, "bondx", null, CancellationToken.None)).Value();

        Assert.Equal((1, "60"), (list.Items.Length, list.ResourceVersion));
        Assert.Equal("", _server.Requests[^1].Query);
    }

    [Fact]
    public async Task List_without_items_is_empty()
    {
        _server.Answer = context => context.Json("""{"metadata":{"resourceVersion":"50"},"items":null}""");

        Assert.Empty((await _client.ListAsync(KubeKinds.Deployments, "bondx", null, CancellationToken.None)).Value().Items);
    }

    [Fact]
    public async Task List_that_goes_on_for_ever_is_given_up()
    {
        _server.Answer = context => context.Json("""{"metadata":{"resourceVersion":"50","continue":"again"},"items":[]}""");

        var failure = (await _client.ListAsync(KubeKinds.Deployments, "bondx", null, CancellationToken.None)).Failure();

        Assert.Equal(new KubeFailure.Unreachable("the list of deployments has no end"), failure);
    }

    [Fact]
    public async Task Patch_says_how_it_merges_and_what_it_is_conditional_on()
    {
        _server.Answer = context => context.Json("""{"metadata":{"name":"limits","namespace":"bondx"},"data":{"a":"2"}}""");
        var patch = KubePatch.Merge(new() { ["data"] = new System.Text.Json.Nodes.JsonObject { ["a"] = "2", ["b"] = null } }) with { Uid = "u", ResourceVersion = "7" };

        var changed = (await _client.PatchAsync(KubeKinds.ConfigMaps, "bondx", "limits", patch, dryRun: true, CancellationToken.None)).Value();

        Assert.Equal("2", changed.Data!["a"]);
        var request = Assert.Single(_server.Requests);
        Assert.Equal(
            new("PATCH", "/api/v1/namespaces/bondx/configmaps/limits", "?fieldManager=cockpit&dryRun=All",
                """{"data":{"a":"2","b":null},"metadata":{"uid":"u","resourceVersion":"7"}}""", "application/merge-patch+json", "", null),
            request);
    }
}
