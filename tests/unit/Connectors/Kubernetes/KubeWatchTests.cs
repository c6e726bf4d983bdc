using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Tests.Support;

namespace Cockpit.Tests.Connectors.Kubernetes;

public sealed class KubeWatchTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private FakeApiServer _server = null!;
    private KubeClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        _client = Clients.At(_server.Address, _clock);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Watch_tells_changes_removals_and_bookmarks_and_ends_without_an_error()
    {
        _server.Answer = async context =>
        {
            await context.Line(Json.Event("ADDED", Json.Deployment(version: "42")));
            await context.Line("");
            await context.Line(Json.Event("MODIFIED", Json.Deployment(version: "43")));
            await context.Line("""{"type":"BOOKMARK","object":{"kind":"Deployment","metadata":{"resourceVersion":"50","creationTimestamp":null},"spec":{"selector":null}}}""");
            await context.Line(Json.Event("DELETED", Json.Deployment(version: "51")));
        };

        var told = await AllAsync();

        Assert.Equal(
            ["Changed 42", "Changed 43", "Bookmark 50", "Removed 51"],
            told.Select(each => each switch
            {
                WatchEvent<Deployment>.Changed changed => $"Changed {changed.Object.Metadata.ResourceVersion}",
                WatchEvent<Deployment>.Removed removed => $"Removed {removed.Object.Metadata.ResourceVersion}",
                WatchEvent<Deployment>.Bookmark bookmark => $"Bookmark {bookmark.ResourceVersion}",
                _ => each.ToString(),
            }));
        Assert.Equal("?watch=true&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion=41", Assert.Single(_server.Requests).Query);
    }

    [Fact]
    public async Task Forgotten_version_as_a_status_is_gone()
    {
        _server.Answer = context => context.Fail(410, "Expired", "too old resource version");

        var opened = await _client.WatchAsync(KubeKinds.Deployments, "bondx", "41", CancellationToken.None);

        Assert.Equal(new KubeFailure.Gone("too old resource version"), opened.Failure());
    }

    [Fact]
    public async Task Forgotten_version_inside_a_good_answer_is_gone()
    {
        _server.Answer = context => context.Line(
            """{"type":"ERROR","object":{"kind":"Status","status":"Failure","message":"too old resource version: 1 (2)","reason":"Expired","code":410}}""");

        Assert.Equal([new WatchEvent<Deployment>.Broken(new KubeFailure.Gone("too old resource version: 1 (2)"))], await AllAsync());
    }

    [Theory]
    [InlineData("""{"type":"MODIFIED","object":{"metadata":{}}}""")]
    [InlineData("""{"type":"MODIFIED"}""")]
    [InlineData("""{"type":"EXPLODED","object":{}}""")]
    [InlineData("""not json""")]
    public async Task Event_that_cannot_be_read_breaks_the_watch(string line)
    {
        _server.Answer = context => context.Line(line);

        Assert.Equal(
            [new WatchEvent<Deployment>.Broken(new KubeFailure.Unreachable($"{_server.Address.Authority} sent an event that cannot be read"))], await AllAsync());
    }

    [Fact]
    public async Task Event_cut_off_in_the_middle_breaks_the_watch()
    {
        await using var server = RawServer.Saying("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"type\":\"MODI");
        using var client = Clients.At(server.Address, _clock);
        await using var watch = (await client.WatchAsync(KubeKinds.Deployments, "bondx", "41", CancellationToken.None)).Value();

        Assert.Equal(
            new WatchEvent<Deployment>.Broken(new KubeFailure.Unreachable($"{server.Address.Authority} cut the watch off in the middle of an event")),
            await watch.NextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Silence_beyond_the_bookmarks_breaks_the_watch()
    {
        _server.Answer = async context =>
        {
            await context.Line("");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _server.Stopping);
        };
        await using var watch = (await _client.WatchAsync(KubeKinds.Deployments, "bondx", "41", CancellationToken.None)).Value();

        var next = watch.NextAsync(CancellationToken.None);
        Assert.False(next.IsCompleted);
        _clock.Advance(KubeWatch.LongestSilence);

        Assert.Equal(
            new WatchEvent<Deployment>.Broken(new KubeFailure.Unreachable($"{_server.Address.Authority} kept the watch silent for 120 s")), await next);
    }

    private async Task<List<WatchEvent<Deployment>>> AllAsync()
    {
        await using var watch = (await _client.WatchAsync(KubeKinds.Deployments, "bondx", "41", CancellationToken.None)).Value();
        var told = new List<WatchEvent<Deployment>>();
        while (await watch.NextAsync(CancellationToken.None) is { } next) told.Add(next);
        return told;
    }
}
