using Cockpit.Domain.OnCall;
using Cockpit.Tests.Incidents;
using Cockpit.Tests.Security;
using Cockpit.UseCases.Notifying;
using Cockpit.UseCases.Paging;

namespace Cockpit.Tests.Notifications;

/// <summary>Who is called when an approver must know something, and what is said when nobody could be.</summary>
public sealed class ChannelPagerTests : IAsyncLifetime
{
    private static readonly Page News = new("e-1-3", "Glass was broken: Scale out", "/m/executions/e-1");

    private readonly FakeChannel _push = new(ContactChannel.Push);
    private readonly FakeChannel _voice = new(ContactChannel.Voice);
    private readonly FakeUsers _users = new();
    private readonly List<PageMessage> _told = [];
    private Night _night = null!;

    public async Task InitializeAsync()
    {
        _night = await Night.BeginAsync();
        _push.Answer = (message, _) => Answer(message, new DeliveryAnswer.Taken("200 OK"));
    }

    public async Task DisposeAsync() => await _night.DisposeAsync();

    [Fact]
    public async Task Approvers_of_the_rotation_are_told_on_every_way_but_the_call()
    {
        _users.Add("ingrid", "x", "Viewer", "Approver");
        _users.Add("Samuel", "x", "approver");
        _users.Add("jonas", "x", "Viewer", "Responder");
        _users.Add("a-stranger-to-the-rotation", "x", "Approver");

        var result = await PageAsync(_push, _voice);

        Assert.Equal(["Ingrid Solberg", "Samuel Adeyemi"], result.Reached.Order());
        Assert.Null(result.Failure);
        Assert.Equal(["e-1-3", "e-1-3"], _push.Keys);
        Assert.Empty(_voice.Keys);
        Assert.Equal(
            ("Cockpit: look at this", "Glass was broken: Scale out", "https://cockpit.example/m/executions/e-1", null, null),
            (_told[0].Subject, _told[0].Text, _told[0].Link?.ToString(), _told[0].Incident, _told[0].AcknowledgeLink));
    }

    [Fact]
    public async Task Disabled_approver_is_not_told_and_without_any_the_people_on_call_are()
    {
        var user = _users.Add("ingrid", "x", "Approver");
        await _users.SetDisabledAsync(user.Id, true, CancellationToken.None);

        var result = await PageAsync(_push);

        Assert.Equal(["Jonas Lindqvist", "Amara Okafor", "Samuel Adeyemi"], result.Reached.AsEnumerable());
    }

    [Fact]
    public async Task Who_was_not_reached_is_named_and_one_way_that_works_is_enough()
    {
        _users.Add("ingrid", "x", "Approver");
        _users.Add("samuel", "x", "Approver");
        _push.Answer = (message, _) => Answer(message, message.Person == "Ingrid Solberg" ? new DeliveryAnswer.Refused("404") : new DeliveryAnswer.Taken("200 OK"));

        Assert.Equal("not reached: Ingrid Solberg", (await PageAsync(_push)).Failure);
        Assert.Null((await PageAsync(_push, new FakeChannel(ContactChannel.Sms))).Failure);
    }

    [Fact]
    public async Task Without_any_way_it_says_so()
    {
        Assert.Equal("no way to page people is configured", (await PageAsync()).Failure);
        Assert.Equal("no way to reach an approver is configured", (await PageAsync(_voice)).Failure);
    }

    [Fact]
    public async Task Way_that_hangs_does_not_hide_who_was_reached_on_another()
    {
        var never = new TaskCompletionSource<DeliveryAnswer>();
        var hanging = new FakeChannel(ContactChannel.Slack) { Answer = (_, _) => never.Task };
        _users.Add("ingrid", "x", "Approver");

        var paging = PageAsync(_push, hanging);
        await Recording.Eventually.TrueAsync(() => hanging.Keys.Length == 1);
        _night.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["Ingrid Solberg"], (await paging).Reached.AsEnumerable());
    }

    private Task<PageResult> PageAsync(params FakeChannel[] channels) =>
        new ChannelPager(Night.Messenger(channels, _night.Clock), _night.OnCall, _users, _night.Clock).PageApproversAsync(News, CancellationToken.None);

    private Task<DeliveryAnswer> Answer(PageMessage message, DeliveryAnswer answer)
    {
        lock (_told) _told.Add(message);
        return Task.FromResult(answer);
    }
}
