using Cockpit.Catalog;
using Cockpit.Domain.OnCall;
using Cockpit.Tests.Catalog;
using Cockpit.Tests.Incidents;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Notifying;
using Cockpit.UseCases.OnCall;

namespace Cockpit.Tests.Notifications;

public sealed class ChannelNoticesTests
{
    private static readonly PlatformCatalog Catalog = CatalogLoader.Load(Files.OwnCatalog).Catalog;
    private static readonly StakeholderNotice Notice = new("execution-1", ["trading-desk", "risk-engineer"], "high", "Prices may be late.");

    private readonly FakeChannel _push = new(ContactChannel.Push);
    private readonly FakeChannel _mail = new(ContactChannel.Email);

    [Fact]
    public async Task Everybody_behind_the_roles_is_told_once_on_the_first_way_of_their_own()
    {
        var answer = await SendAsync(Notice, new Contacts("olu", "rafael"), _push, _mail);

        Assert.Equal(new TargetAnswer<string>.Done("told Olu Bankole (push), Rafael Costa (push)"), answer);
        Assert.Equal(["execution-1", "execution-1"], _push.Keys);
        Assert.Empty(_mail.Keys);
    }

    [Fact]
    public async Task Way_that_refuses_gives_way_to_the_next_and_who_is_missed_is_named()
    {
        _push.Answer = (_, _) => Task.FromResult<DeliveryAnswer>(new DeliveryAnswer.Refused("404 Not Found"));

        var answer = await SendAsync(Notice, new Contacts("olu"), _push, _mail);

        Assert.Equal(new TargetAnswer<string>.Done("told Olu Bankole (mail); not reached: Rafael Costa (no address)"), answer);
    }

    [Fact]
    public async Task Place_that_everybody_reads_hears_it_once_and_for_whom()
    {
        var heard = new List<string>();
        var chat = new FakeChannel(ContactChannel.Slack, isPersonal: false)
        {
            Answer = (message, _) =>
            {
                heard.Add($"{message.Severity} {message.Person}: {message.Text}");
                return Task.FromResult<DeliveryAnswer>(new DeliveryAnswer.Taken("ok"));
            },
        };

        var answer = await SendAsync(Notice, new Contacts(), chat);

        Assert.Equal(["P2 Trading desk, Risk engineer: Prices may be late."], heard);
        Assert.Equal(new TargetAnswer<string>.Done("told chat; not reached: Olu Bankole (no address), Rafael Costa (no address)"), answer);
    }

    [Fact]
    public async Task Message_that_may_have_arrived_is_reported_as_unknown_and_one_that_cannot_have_as_refused()
    {
        _push.Answer = (_, _) => Task.FromResult<DeliveryAnswer>(new DeliveryAnswer.TryAgain("no answer in 10 s"));

        Assert.Equal(
            new TargetAnswer<string>.Failed(new TargetFailure.Unreachable("nobody was reached: Olu Bankole (push: no answer in 10 s), Rafael Costa (no address)")),
            await SendAsync(Notice, new Contacts("olu"), _push));
        Assert.Equal(
            new TargetAnswer<string>.Failed(new TargetFailure.Invalid("nobody stands behind gardeners, and no place that everybody reads is configured")),
            await SendAsync(Notice with { To = ["gardeners"] }, new Contacts("olu"), _push));
    }

    [Fact]
    public async Task Nobody_is_called()
    {
        var voice = new FakeChannel(ContactChannel.Voice);

        await SendAsync(Notice, new Contacts("olu", "rafael"), voice, _mail);

        Assert.Equal((0, 2), (voice.Keys.Length, _mail.Keys.Length));
    }

    private static Task<TargetAnswer<string>> SendAsync(StakeholderNotice notice, IContacts contacts, params INotificationChannel[] channels) =>
        new ChannelNotices(channels, contacts, new OnCallBook(Catalog), new FakeClock())
            .SendAsync(notice, CancellationToken.None);

    private sealed class Contacts(params string[] reachable) : IContacts
    {
        public Uri? PublicUrl => null;

        public string? AddressOf(string person, ContactChannel channel) => reachable.Contains(person) ? $"{channel}-of-{person}" : null;
    }
}
