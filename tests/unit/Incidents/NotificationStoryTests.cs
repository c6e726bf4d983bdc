using Cockpit.Domain.Incidents;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.Notifying;

namespace Cockpit.Tests.Incidents;

/// <summary>What becomes of a page's messages.</summary>
public sealed class NotificationStoryTests
{
    private readonly FakeChannel _push = new(ContactChannel.Push);
    private readonly FakeChannel _voice = new(ContactChannel.Voice);

    [Fact]
    public async Task Later_ways_are_used_only_while_nobody_has_answered()
    {
        await using var night = await Night.BeginAsync(null, _push, _voice);
        await night.TellAsync(Night.Alert());
        await night.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["1-1-push-1"], _push.Keys);
        Assert.Empty(_voice.Keys);

        await night.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["1-1-voice-6"], _voice.Keys);

        await night.TellAsync(Night.Alert("Other"));
        await night.LookAsync();
        await night.Desk.AcknowledgeAsync("2", Night.Jonas, "from the page itself", CancellationToken.None);
        await night.WaitAsync(TimeSpan.FromMinutes(3));
        Assert.DoesNotContain(_voice.Keys, key => key.StartsWith("2-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failed_message_is_tried_again_with_backoff_under_the_same_key_and_then_given_up()
    {
        _push.Answer = (_, _) => Task.FromResult<DeliveryAnswer>(new DeliveryAnswer.TryAgain("502"));
        await using var night = await Night.BeginAsync(null, _push);
        await night.TellAsync(Night.Alert());
        var times = new List<double>();
        for (var second = 0; second < 299; second++)
        {
            var before = _push.Keys.Length;
            await night.LookAsync();
            if (_push.Keys.Length > before) times.Add(second);
            night.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 5, 20, 65, 185], times);
        Assert.Equal(["1-1-push-1"], _push.Keys.Distinct());
    }

    [Fact]
    public async Task Refused_message_is_told_once_and_never_repeated()
    {
        _push.Answer = (_, _) => Task.FromResult<DeliveryAnswer>(new DeliveryAnswer.Refused("403 Forbidden"));
        await using var night = await Night.BeginAsync(null, _push);
        await night.TellAsync(Night.Alert());

        await night.WaitAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(["1-1-push-1"], _push.Keys);
        Assert.Contains(night.Only.Timeline, entry => entry.Text == "push to Jonas Lindqvist: gave up after 1 attempts (403 Forbidden)");
    }

    [Fact]
    public async Task Provider_that_hangs_delays_nobody_else_and_is_tried_again()
    {
        var never = new TaskCompletionSource<DeliveryAnswer>();
        _push.Answer = (_, _) => never.Task;
        await using var night = await Night.BeginAsync(null, _push, _voice);
        await night.TellAsync(Night.Alert());
        await night.WaitAsync(TimeSpan.Zero).WaitAsync(TimeSpan.FromMilliseconds(50)).ContinueWith(_ => { }, TaskScheduler.Default);
        night.Clock.Jump(TimeSpan.FromMinutes(2));
        night.Begin();
        await Recording.Eventually.TrueAsync(() => night.Only.Deliveries.ContainsKey("1-1-voice-6"));

        night.Clock.Advance(TimeSpan.FromSeconds(10));
        await Recording.Eventually.TrueAsync(() => night.Only.Deliveries.ContainsKey("1-1-push-1"));

        Assert.Equal(DeliveryOutcome.Failed, night.Only.Deliveries["1-1-push-1"].Outcome);
        Assert.Equal(DeliveryOutcome.Sent, night.Only.Deliveries["1-1-voice-6"].Outcome);
    }

    [Fact]
    public async Task Restart_between_sending_and_recording_sends_again_under_the_same_key()
    {
        var night = await Night.BeginAsync(null, _push);
        await night.TellAsync(Night.Alert());
        _push.Answer = (_, _) =>
        {
            night.Store.IsDown = true;
            return Task.FromResult<DeliveryAnswer>(new DeliveryAnswer.Taken("200 OK"));
        };
        var look = night.LookAsync();
        await Recording.Eventually.TrueAsync(() => night.Store.Refused > 0);
        night.Store.IsDown = false;
        _push.Answer = (_, _) => Task.FromResult<DeliveryAnswer>(new DeliveryAnswer.Taken("200 OK"));
        var next = await night.BesideAsync();

        await next.LookAsync();
        night.Clock.Advance(TimeSpan.FromSeconds(3));
        await look;

        Assert.Equal(["1-1-push-1", "1-1-push-1"], _push.Keys);
        Assert.Single(next.Store.Entries, entry => entry.Type == "incident.notified");
        await next.DisposeAsync();
        await night.DisposeAsync();
    }

    [Fact]
    public async Task Without_any_way_the_timeline_says_so_once()
    {
        await using var night = await Night.BeginAsync();
        await night.TellAsync(Night.Alert());

        await night.WaitAsync(TimeSpan.FromMinutes(4));

        Assert.Single(night.Only.Timeline, entry => entry.Text == "push to Jonas Lindqvist: no way to reach this person is configured");
    }

    [Fact]
    public async Task What_may_wait_rings_no_phone()
    {
        await using var night = await Night.BeginAsync(null, _push, _voice);
        await night.TellAsync(Night.Alert("Odd", severity: Domain.Alerts.Severity.P3));

        await night.WaitAsync(TimeSpan.FromMinutes(20));

        Assert.Empty(_voice.Keys);
        Assert.NotEmpty(_push.Keys);
    }
}
