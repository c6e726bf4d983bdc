using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Cockpit.Hubs;
using Cockpit.UseCases.Executing;
using Microsoft.Extensions.DependencyInjection;

namespace Cockpit.Tests.Hubs;

public sealed class LiveHubTests(RunningCockpit cockpit) : IClassFixture<RunningCockpit>
{
    [Theory]
    [InlineData("Confirm")]
    [InlineData("ConfirmAsync")]
    [InlineData("HandleAsync")]
    [InlineData("Preview")]
    [InlineData("Approve")]
    [InlineData("Revert")]
    [InlineData("Cancel")]
    [InlineData("OnConnectedAsync")]
    [InlineData("Dispose")]
    [InlineData("get_Clients")]
    public async Task Nobody_can_command_through_the_hub(string method)
    {
        await using var viewer = await RawHubClient.OpenAsync(cockpit.Address);

        var answer = await viewer.CallAsync(method, "degraded-websockets", "scale-out");

        Assert.Null(answer["result"]);
        Assert.Contains("Method does not exist", (string)answer["error"]!, StringComparison.Ordinal);
        Assert.Empty(cockpit.Services.GetRequiredService<ExecutionBook>().Recent);
    }

    [Fact]
    public async Task Viewer_that_joins_gets_the_whole_topic_and_then_changes_that_chain()
    {
        await using var viewer = await RawHubClient.OpenAsync(cockpit.Address);

        var whole = (await viewer.CallAsync("Join", LiveTopics.Operations))["result"]!;
        var number = (long)whole["number"]!;
        for (var broadcast = 0; broadcast < 3;)
        {
            var change = await viewer.ChangeAsync();
            if ((long)change["to"]! <= number) continue;
            Assert.Equal(number, (long)change["from"]!);
            number = (long)change["to"]!;
            broadcast++;
        }

        Assert.Equal("operations", (string?)whole["topic"]);
    }

    [Fact]
    public async Task Viewer_with_a_gap_asks_for_the_whole_and_follows_on_from_there()
    {
        await using var viewer = await RawHubClient.OpenAsync(cockpit.Address);
        await viewer.CallAsync("Join", LiveTopics.Operations);
        var held = (long)(await viewer.ChangeAsync())["to"]!;

        await viewer.ChangeAsync();
        var afterTheGap = await viewer.ChangeAsync();
        Assert.NotEqual(held, (long)afterTheGap["from"]!);
        var whole = (await viewer.CallAsync("Whole", LiveTopics.Operations))["result"]!;
        var next = await viewer.ChangeAsync();
        while ((long)next["to"]! <= (long)whole["number"]!) next = await viewer.ChangeAsync();

        Assert.True((long)whole["number"]! >= (long)afterTheGap["to"]!);
        Assert.Contains("service/trading", whole["sections"]!.AsObject().Select(section => section.Key));
        Assert.Equal((long)whole["number"]!, (long)next["from"]!);
    }

    [Fact]
    public async Task Viewers_of_a_topic_are_sent_the_same_message()
    {
        await using var one = await RawHubClient.OpenAsync(cockpit.Address);
        await using var other = await RawHubClient.OpenAsync(cockpit.Address);
        await one.CallAsync("Join", LiveTopics.Operations);
        await other.CallAsync("Join", LiveTopics.Operations);

        var (mine, yours) = (await one.ChangeAsync(), await other.ChangeAsync());
        while ((long)mine["to"]! < (long)yours["to"]!) mine = await one.ChangeAsync();
        while ((long)yours["to"]! < (long)mine["to"]!) yours = await other.ChangeAsync();

        Assert.True(JsonNode.DeepEquals(mine, yours));
    }

    [Fact]
    public async Task Viewer_that_left_hears_no_more_of_the_topic()
    {
        await using var viewer = await RawHubClient.OpenAsync(cockpit.Address);
        await viewer.CallAsync("Join", LiveTopics.Operations);
        await viewer.CallAsync("Join", LiveTopics.Executive);

        await viewer.CallAsync("Leave", LiveTopics.Operations);
        var left = await viewer.CallAsync("Leave", LiveTopics.Operations);
        var after = new[] { await viewer.ChangeAsync(), await viewer.ChangeAsync(), await viewer.ChangeAsync(), await viewer.ChangeAsync() };

        Assert.Null(left["error"]);
        Assert.Equal("executive", (string?)after[^1]["topic"]);
    }

    [Theory]
    [InlineData("Join", "payroll")]
    [InlineData("Whole", "")]
    public async Task Unknown_topic_is_refused_with_what_is_accepted(string method, string topic)
    {
        await using var viewer = await RawHubClient.OpenAsync(cockpit.Address);

        var answer = await viewer.CallAsync(method, topic);

        Assert.Contains("accepted: executive, operations, incident", (string?)answer["error"]);
    }

    [Theory]
    [InlineData("Publish")]
    [InlineData("Broadcast")]
    [InlineData("OnDisconnectedAsync")]
    public async Task Method_that_is_not_offered_cannot_be_called(string method)
    {
        await using var viewer = await RawHubClient.OpenAsync(cockpit.Address);

        Assert.NotNull((await viewer.CallAsync(method, "operations"))["error"]);
    }

    [Fact]
    public async Task Viewer_that_calls_without_end_is_refused_and_then_let_go()
    {
        await using var viewer = await RawHubClient.OpenAsync(cockpit.Address);

        for (var call = 0; call < 100; call++) await viewer.SendTextAsync("""{"type":1,"target":"Leave","arguments":["operations"]}""");

        Assert.True(await viewer.EndsAsync());
    }

    [Fact]
    public async Task Message_that_is_too_long_ends_the_connection()
    {
        await using var viewer = await RawHubClient.OpenAsync(cockpit.Address);

        await viewer.SendTextAsync($$"""{"type":1,"target":"Join","arguments":["{{new string('x', 5000)}}"]}""");

        Assert.True(await viewer.EndsAsync());
    }

    [Fact]
    public async Task Browser_of_another_origin_is_refused()
    {
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => RawHubClient.OpenAsync(cockpit.Address, "https://elsewhere.example"));

        Assert.Contains("403", refused.Message);
    }

    [Fact]
    public async Task Stranger_is_refused_where_looking_needs_a_sign_in()
    {
        var closed = new RunningCockpit();
        try
        {
            await closed.StartAsync("--Security:AnonymousViewers", "false");

            using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = closed.Address };
            var negotiated = await http.PostAsync("/hubs/live/negotiate?negotiateVersion=1", null);
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => RawHubClient.OpenAsync(closed.Address));

            Assert.Equal(HttpStatusCode.Unauthorized, negotiated.StatusCode);
            Assert.Contains("401", refused.Message);
        }
        finally
        {
            await closed.DisposeAsync();
        }
    }
}
